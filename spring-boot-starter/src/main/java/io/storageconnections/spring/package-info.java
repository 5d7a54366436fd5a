/**
 * The library in a Spring Boot application: a {@link
 * io.storageconnections.embedded.StorageConnectionsService} on the application's {@code
 * DataSource}, which joins the application's transactions.
 *
 * <p>Stability: until version 1.0.0 every version may change this API incompatibly; afterwards only
 * a new major version does.
 */
@NullMarked
package io.storageconnections.spring;

import org.jspecify.annotations.NullMarked;
