/**
 * The use cases of storage connections: create, list, get, update, delete.
 *
 * <p>Stability: from 1.0.0 on, public types here change incompatibly only with a new major version;
 * until then, with any version. A new case of a sealed type or a new constant of an enum counts as
 * incompatible, so that a complete {@code switch} stays complete.
 */
@NullMarked
package io.storageconnections.application.connection;

import org.jspecify.annotations.NullMarked;
