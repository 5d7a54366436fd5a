/** Another adapter of the host. */
@NullMarked
package io.storageconnections.architecture.planted.host.other;

import org.jspecify.annotations.NullMarked;
