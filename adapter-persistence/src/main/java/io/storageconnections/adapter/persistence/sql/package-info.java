/**
 * Transactions, retries, and the meaning of the database's failures. Internal: not part of the API
 * of this module.
 */
@NullMarked
package io.storageconnections.adapter.persistence.sql;

import org.jspecify.annotations.NullMarked;
