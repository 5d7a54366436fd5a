/**
 * Transactions, retries, pages, and the meaning of database failures. Internal: not part of the API
 * of this module.
 */
@NullMarked
package io.storageconnections.adapter.persistence.sql;

import org.jspecify.annotations.NullMarked;
