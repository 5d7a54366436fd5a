/**
 * One interface for each use case, with its request and its sealed outcome nested or beside it.
 * They are the Java API of an embedding service as much as what the HTTP adapter calls.
 *
 * <p>Stability: from 1.0.0 on, what is public here changes incompatibly with a new major version
 * only; until then, with any. A new case of a sealed type or a new constant of an enum counts as
 * incompatible, so that a switch over all of them stays one.
 */
@NullMarked
package io.storageconnections.application.port.in;

import org.jspecify.annotations.NullMarked;
