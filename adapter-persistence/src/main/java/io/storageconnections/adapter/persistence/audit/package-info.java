/** Reads and writes the audit trail. Internal: not part of the API of this module. */
@NullMarked
package io.storageconnections.adapter.persistence.audit;

import org.jspecify.annotations.NullMarked;
