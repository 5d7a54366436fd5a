/**
 * The rules that the shape of the code is held to: {@link
 * io.storageconnections.architecture.AdapterRule} for everybody's adapters, the others for the tree
 * of this project. Each says why it is there, and this module's tests show that each bites.
 */
@NullMarked
package io.storageconnections.architecture;

import org.jspecify.annotations.NullMarked;
