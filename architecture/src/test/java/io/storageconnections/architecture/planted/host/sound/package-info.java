/** An adapter of a host's that keeps all rules, with what tests it. They are read, never run. */
@NullMarked
package io.storageconnections.architecture.planted.host.sound;

import org.jspecify.annotations.NullMarked;
