/** Writing answers: JSON and headers. Internal to this module. */
@NullMarked
package io.storageconnections.adapter.http.response;

import org.jspecify.annotations.NullMarked;
