/**
 * The contracts of the outbound ports and of a verifier of bearer tokens, as tests to implement,
 * and in-memory adapters that keep them.
 *
 * <p>The author of a store, a directory, an allowance or a token verifier runs them. They are in
 * the test jars of the application and the domain, and need JUnit 6 and AssertJ, which a test jar
 * does not bring along:
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
 * <p>A class that implements a contract is a test class: it inherits the tests and supplies what
 * they are about.
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
 *   public Optional<StorageConnectionStore> storeThatIsAway() {
 *     return Optional.of(MyStore.whoseDatabaseIsClosed());
 *   }
 * }
 * }</pre>
 */
@NullMarked
package io.storageconnections.application.contract;

import org.jspecify.annotations.NullMarked;
