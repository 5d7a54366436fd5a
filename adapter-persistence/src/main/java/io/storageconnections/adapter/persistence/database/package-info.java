/**
 * The connection pool, checks whether the database is usable and writable, and the size of its
 * file. Internal: not part of the API of this module.
 */
@NullMarked
package io.storageconnections.adapter.persistence.database;

import org.jspecify.annotations.NullMarked;
