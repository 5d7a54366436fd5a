/** Reads and writes the rows of connections. Internal: not part of the API of this module. */
@NullMarked
package io.storageconnections.adapter.persistence.connection;

import org.jspecify.annotations.NullMarked;
