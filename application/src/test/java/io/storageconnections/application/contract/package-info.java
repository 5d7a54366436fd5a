/**
 * What every adapter of an outbound port promises, as tests to implement, beside the in-memory
 * adapters that show how little it takes to keep the promises.
 *
 * <p>Whoever writes another store, directory, allowance, token verifier or issuer runs them. They
 * are in the test jars of the application and the domain, and need JUnit 6 and AssertJ, which a
 * test jar does not bring along:
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
