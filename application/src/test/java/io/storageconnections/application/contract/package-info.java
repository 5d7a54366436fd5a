/**
 * The contract tests of the outbound ports and of a verifier of bearer tokens, and in-memory
 * adapters that pass them.
 *
 * <p>Every implementation of a store, directory of iModels, request allowance or token verifier
 * runs the contract tests of its port. One dependency brings them, JUnit and AssertJ to the tests
 * of a host:
 *
 * <pre>{@code
 * <dependency>
 *   <groupId>io.storageconnections</groupId>
 *   <artifactId>storage-connections-contracts</artifactId>
 *   <version>${storage-connections.version}</version>
 *   <scope>test</scope>
 * </dependency>
 * }</pre>
 *
 * <p>A contract is an interface with default test methods. A class that implements it is a test
 * class: it inherits the tests and supplies the adapter under test.
 *
 * <pre>{@code
 * final class MyStoreTest implements StorageConnectionStoreContract {
 *
 *   // JUnit creates an instance of this class for each test: one store for each test.
 *   private final StorageConnectionStore store = new MyStore();
 *
 *   @Override
 *   public StorageConnectionStore store() {
 *     return store; // the same instance at each call; never "return new MyStore()"
 *   }
 *
 *   @Override
 *   public Optional<StorageConnectionStore> unavailableStore() {
 *     return Optional.empty(); // or a store whose database is closed
 *   }
 * }
 * }</pre>
 *
 * <p>Tests do not assume an empty store: each uses new iModels. All tests can therefore share one
 * database, and need not clean up.
 *
 * <p>The interfaces work with JUnit Jupiter 5.13 and 6. {@link
 * io.storageconnections.application.contract.TestValidator} is for this project: it needs Hibernate
 * Validator, which is not a dependency of {@code storage-connections-contracts}.
 */
@NullMarked
package io.storageconnections.application.contract;

import org.jspecify.annotations.NullMarked;
