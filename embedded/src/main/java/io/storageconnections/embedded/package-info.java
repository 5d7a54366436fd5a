/**
 * The use cases as a Java library: wired to a database that the host brings, and to whatever else
 * the host has of its own. No HTTP, no settings, no thread of its own.
 *
 * <p>Stability: from 1.0.0 on, what is public here changes incompatibly with a new major version
 * only; until then, with any.
 */
@NullMarked
package io.storageconnections.embedded;

import org.jspecify.annotations.NullMarked;
