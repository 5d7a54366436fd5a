/**
 * Validation of requests: the constraint {@link
 * io.storageconnections.application.validation.ParsableAs}, and the class that collects all
 * violations of a request in document order.
 *
 * <p>Stability: from 1.0.0 on, public types here change incompatibly only with a new major version;
 * until then, with any version.
 */
@NullMarked
package io.storageconnections.application.validation;

import org.jspecify.annotations.NullMarked;
