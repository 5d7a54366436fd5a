/** An adapter of a host's that no other one may know. They are read, never run. */
@NullMarked
package io.storageconnections.architecture.planted.host.other;

import org.jspecify.annotations.NullMarked;
