/**
 * A local platform: iTwins, iModels and Storage of this server itself, and the directory of iModels
 * that follows from them. A bounded context of its own; nothing outside the composition roots
 * depends on it.
 *
 * <p>Stability: from 1.0.0 on, public types here change incompatibly only with a new major version;
 * until then, with any version.
 */
@NullMarked
package io.storageconnections.platform;

import org.jspecify.annotations.NullMarked;
