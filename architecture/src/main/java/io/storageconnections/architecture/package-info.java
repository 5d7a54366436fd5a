/**
 * The rules that the shape of the code is held to: {@link
 * io.storageconnections.architecture.AdapterRule} for everybody's adapters, the others for the tree
 * of this project. Each says why it is there, and this module's tests show that each bites.
 *
 * <p>Stability: from 1.0.0 on, what is public here changes incompatibly with a new major version
 * only; until then, with any.
 */
@NullMarked
package io.storageconnections.architecture;

import org.jspecify.annotations.NullMarked;
