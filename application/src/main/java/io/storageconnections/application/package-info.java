/**
 * The use cases: what happens between a request and its outcome, without a word about HTTP, SQL or
 * tokens. {@link io.storageconnections.application.UseCases} is the door; everything else here is
 * private.
 *
 * <p>Stability: from 1.0.0 on, what is public here changes incompatibly with a new major version
 * only; until then, with any.
 */
@NullMarked
package io.storageconnections.application;

import org.jspecify.annotations.NullMarked;
