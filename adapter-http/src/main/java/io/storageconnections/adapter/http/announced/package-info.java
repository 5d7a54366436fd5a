/**
 * Answers for operations of the API that the server announces but does not implement yet. Internal
 * to this module.
 */
@NullMarked
package io.storageconnections.adapter.http.announced;

import org.jspecify.annotations.NullMarked;
