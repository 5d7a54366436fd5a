/** The error bodies of the API, and the translation of failures into answers. Internal. */
@NullMarked
package io.storageconnections.adapter.http.error;

import org.jspecify.annotations.NullMarked;
