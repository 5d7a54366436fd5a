package io.storageconnections.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Starts a server for a test class. All tests of the class share the server. It keeps its data in
 * memory, listens on a free port of the loopback address, and is closed after the last test.
 * Constructors and methods of the class may have parameters of these types:
 *
 * <ul>
 *   <li>{@link java.net.URI}: the base URL of the server, without a slash at the end
 *   <li>{@link TokenMint}: makes access tokens that the server accepts
 *   <li>{@link io.storageconnections.bootstrap.SynchronizationServer}: the server itself
 * </ul>
 *
 * <p>{@code GET /development/requests} of the server shows the last requests and answers, to find
 * out what a client really sent.
 *
 * <p>Test classes and tests may run concurrently. Subclasses inherit the annotation; each gets a
 * server of its own. A nested class uses the server of its enclosing class, unless it has the
 * annotation itself.
 *
 * <p>Works with JUnit Jupiter 5.13 and 6. For a server with limits, a clock or a database of the
 * test, register a {@link StorageConnectionsExtension} in a field instead.
 */
@Documented
@ExtendWith(StorageConnectionsExtension.class)
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StorageConnections {

  /**
   * Returns whether each test gets a server of its own, which has no data when the test begins. The
   * server is then also that of the constructor, unless the class has the lifecycle {@code
   * PER_CLASS}. A {@code @BeforeAll} or {@code @AfterAll} method cannot have a server.
   *
   * @return true to start a server for each test; false, the default, to start one for the class
   */
  boolean freshForEachTest() default false;
}
