package io.storageconnections.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a server of its own, which all its tests share: in memory, on any free port of
 * the loopback address, ended after the last of them. Constructors and methods of the class may ask
 * for
 *
 * <ul>
 *   <li>a {@link java.net.URI}: where the server is reached, without a slash at the end;
 *   <li>a {@link TokenMint}: makes access tokens that it accepts;
 *   <li>a {@link io.storageconnections.bootstrap.SynchronizationServer}: the server itself.
 * </ul>
 *
 * Test classes may run at the same time. Nested classes use the server of the class around them.
 */
@Documented
@ExtendWith(StorageConnectionsExtension.class)
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StorageConnections {}
