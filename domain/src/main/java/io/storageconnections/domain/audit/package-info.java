/**
 * The audit trail: what callers have changed. Plain Java without a framework. All types are
 * immutable and thread-safe; their constructors reject invalid values. Unless a parameter or a
 * return type is annotated {@code @Nullable}, it is never null.
 *
 * <p>Stability: from 1.0.0 on, public types of this package change incompatibly only with a new
 * major version; until then, with any version. A new case of a sealed type or a new constant of an
 * enum is an incompatible change, because it breaks an exhaustive {@code switch}.
 */
@NullMarked
package io.storageconnections.domain.audit;

import org.jspecify.annotations.NullMarked;
