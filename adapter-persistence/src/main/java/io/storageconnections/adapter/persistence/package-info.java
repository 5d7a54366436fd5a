/**
 * Keeps connections in an SQL database, through jOOQ, whose tables are generated from the
 * migrations at build time. The one place that knows SQL, constraints and SQLSTATE.
 */
@NullMarked
package io.storageconnections.adapter.persistence;

import org.jspecify.annotations.NullMarked;
