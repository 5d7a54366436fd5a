/** Writing of answers: JSON, entity tags, headers. Internal. */
@NullMarked
package io.storageconnections.adapter.http.response;

import org.jspecify.annotations.NullMarked;
