/**
 * The contract tests of the outbound ports and of a verifier of bearer tokens, and in-memory
 * adapters that pass them.
 *
 * <p>Every implementation of a store, directory of iModels, request allowance or token verifier
 * runs the contract tests of its port. The tests are in the test jars of the application and the
 * domain. They need JUnit 6 and AssertJ, which a test jar does not bring along:
 *
 * <pre>{@code
 * <dependency>
 *   <groupId>io.storageconnections</groupId>
 *   <artifactId>storage-connections-application</artifactId>  <!-- and one more: ...-domain -->
 *   <version>${storage-connections.version}</version>
 *   <type>test-jar</type>
 *   <scope>test</scope>
 * </dependency>
 * }</pre>
 *
 * <p>A class that implements a contract is a test class: it inherits the tests and supplies the
 * adapter under test.
 *
 * <pre>{@code
 * final class MyStoreTest implements StorageConnectionStoreContract {
 *   private final StorageConnectionStore store = new MyStore();
 *
 *   @Override
 *   public StorageConnectionStore store() {
 *     return store;
 *   }
 *
 *   @Override
 *   public Optional<StorageConnectionStore> unavailableStore() {
 *     return Optional.of(new MyStore(closedDatabase));
 *   }
 * }
 * }</pre>
 */
@NullMarked
package io.storageconnections.application.contract;

import org.jspecify.annotations.NullMarked;
