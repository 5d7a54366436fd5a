/** Reads and writes the rows of source files. Internal: not part of the API of this module. */
@NullMarked
package io.storageconnections.adapter.persistence.sourcefile;

import org.jspecify.annotations.NullMarked;
