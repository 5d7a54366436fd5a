/** Reads and writes the rows of runs. Internal: not part of the API of this module. */
@NullMarked
package io.storageconnections.adapter.persistence.run;

import org.jspecify.annotations.NullMarked;
