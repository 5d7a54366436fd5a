/**
 * Settings: which exist ({@link io.storageconnections.bootstrap.settings.Setting}), how they are
 * read from the environment and a file, and what makes a value or a name wrong. Not a public API.
 */
@NullMarked
package io.storageconnections.bootstrap.settings;

import org.jspecify.annotations.NullMarked;
