/**
 * Chooses the adapters, wires them with plain constructors and runs them from the command line. The
 * one place that reads settings.
 *
 * <p>Stability: from 1.0.0 on, what is public here changes incompatibly with a new major version
 * only; until then, with any. The public API is {@link
 * io.storageconnections.bootstrap.SynchronizationServer} with its builder, and what that throws;
 * the command line, {@link io.storageconnections.bootstrap.Main}, is no Java API.
 */
@NullMarked
package io.storageconnections.bootstrap;

import org.jspecify.annotations.NullMarked;
