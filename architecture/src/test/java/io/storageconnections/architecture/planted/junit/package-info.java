/** A composition root, which may use every ring. */
@NullMarked
package io.storageconnections.architecture.planted.junit;

import org.jspecify.annotations.NullMarked;
