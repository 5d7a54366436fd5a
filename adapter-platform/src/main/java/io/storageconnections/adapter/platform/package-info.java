/**
 * Asks an iTwin Platform which iModels and Storage files exist for a caller, and reads the contents
 * of files. This package is the module's public API; the packages below it are internal. Its API
 * contains only types of the JDK, of {@code io.storageconnections.application.port}, of the domain,
 * and of the API of OpenTelemetry.
 *
 * <p>Stability: from 1.0.0 on, public types here change incompatibly only with a new major version;
 * until then, with any version.
 */
@NullMarked
package io.storageconnections.adapter.platform;

import org.jspecify.annotations.NullMarked;
