/** A sound adapter of a host, with its contract test. */
@NullMarked
package io.storageconnections.architecture.planted.host.sound;

import org.jspecify.annotations.NullMarked;
