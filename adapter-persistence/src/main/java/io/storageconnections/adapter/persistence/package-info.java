/**
 * Keeps connections in an SQL database, through jOOQ, whose tables are generated from the
 * migrations at build time. The one place that knows SQL, constraints and SQLSTATE.
 *
 * <p>Stability: from 1.0.0 on, what is public here changes incompatibly with a new major version
 * only; until then, with any. What is generated, in packages below this one, is not meant.
 */
@NullMarked
package io.storageconnections.adapter.persistence;

import org.jspecify.annotations.NullMarked;
