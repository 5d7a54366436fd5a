/**
 * Starts a server: chooses the adapters, connects them with constructor calls, and runs them from
 * Java or from the command line. This package uses the packages below it; none of them uses this
 * package.
 *
 * <p>The public API is {@link io.storageconnections.bootstrap.SynchronizationServer}, its builder
 * {@link io.storageconnections.bootstrap.SynchronizationServerBuilder}, and the exceptions that
 * they throw. The command line, {@link io.storageconnections.bootstrap.Main}, and the packages
 * below are public to Java only.
 *
 * <p>Stability: until version 1.0.0 every version may change this API incompatibly; afterwards only
 * a new major version does.
 */
@NullMarked
package io.storageconnections.bootstrap;

import org.jspecify.annotations.NullMarked;
