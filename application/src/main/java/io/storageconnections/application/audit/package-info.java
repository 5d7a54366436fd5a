/**
 * The use cases of the audit trail: list it, and remove what is kept no longer.
 *
 * <p>Stability: from 1.0.0 on, public types here change incompatibly only with a new major version;
 * until then, with any version. A new case of a sealed type or a new constant of an enum counts as
 * incompatible, so that a complete {@code switch} stays complete.
 */
@NullMarked
package io.storageconnections.application.audit;

import org.jspecify.annotations.NullMarked;
