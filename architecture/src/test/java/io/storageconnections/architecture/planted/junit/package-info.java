/** Stands for who wires: knows everybody, and breaks no rule by it. */
@NullMarked
package io.storageconnections.architecture.planted.junit;

import org.jspecify.annotations.NullMarked;
