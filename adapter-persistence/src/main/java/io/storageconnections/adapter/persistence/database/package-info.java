/**
 * The connection pool and the state of the database: is it usable, is it writable, how large is its
 * file. Internal: not part of the API of this module.
 */
@NullMarked
package io.storageconnections.adapter.persistence.database;

import org.jspecify.annotations.NullMarked;
