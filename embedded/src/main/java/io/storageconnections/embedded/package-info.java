/**
 * The use cases as a Java library: wired to a database that the host brings, and to whatever else
 * the host has of its own. No HTTP, no settings, no thread of its own.
 */
@NullMarked
package io.storageconnections.embedded;

import org.jspecify.annotations.NullMarked;
