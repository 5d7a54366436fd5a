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
 * <p>Test classes may run concurrently. Nested classes use the server of their outermost class.
 */
@Documented
@ExtendWith(StorageConnectionsExtension.class)
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StorageConnections {}
