/**
 * What a storage connection is, how its ids are spelt, and when two connections want the same file.
 * Plain Java without a framework: values that check themselves when made and never change
 * afterwards.
 *
 * <p>Stability: from 1.0.0 on, what is public here changes incompatibly with a new major version
 * only; until then, with any. A new case of a sealed type or a new constant of an enum counts as
 * incompatible, so that a switch over all of them stays one.
 */
@NullMarked
package io.storageconnections.domain.connection;

import org.jspecify.annotations.NullMarked;
