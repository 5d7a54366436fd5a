/**
 * Queues runs in the database and executes them, with db-scheduler. This package is the module's
 * public API; the packages below it are internal. Its API contains only types of the JDK, of {@code
 * io.storageconnections.application} and of the domain.
 *
 * <p>Stability: from 1.0.0 on, public types here change incompatibly only with a new major version;
 * until then, with any version.
 */
@NullMarked
package io.storageconnections.adapter.execution;

import org.jspecify.annotations.NullMarked;
