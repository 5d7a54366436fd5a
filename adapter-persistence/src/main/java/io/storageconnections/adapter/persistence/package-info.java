/**
 * Stores connections in an SQL database, with jOOQ. The build generates jOOQ's table classes from
 * the migrations. Only this adapter knows SQL, constraints and SQLSTATEs.
 *
 * <p>Stability: from 1.0.0 on, public types of this package change incompatibly only with a new
 * major version; until then, with any version. The packages below this one are internal.
 */
@NullMarked
package io.storageconnections.adapter.persistence;

import org.jspecify.annotations.NullMarked;
