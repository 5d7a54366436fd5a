/**
 * The JSON of errors, and the translation of each failure of a use case into an answer. Internal to
 * this module.
 */
@NullMarked
package io.storageconnections.adapter.http.error;

import org.jspecify.annotations.NullMarked;
