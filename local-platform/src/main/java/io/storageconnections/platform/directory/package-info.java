/** The adapters for the outbound ports of the connections. Internal to this module. */
@NullMarked
package io.storageconnections.platform.directory;

import org.jspecify.annotations.NullMarked;
