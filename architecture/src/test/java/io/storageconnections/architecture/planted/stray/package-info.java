/** Planted violations: each class here breaks a rule on purpose. They are read, never run. */
@NullMarked
package io.storageconnections.architecture.planted.stray;

import org.jspecify.annotations.NullMarked;
