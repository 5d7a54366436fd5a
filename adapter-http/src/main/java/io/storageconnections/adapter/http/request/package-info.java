/** Reading of requests: JSON bodies, forms, query parameters, preferences. Internal. */
@NullMarked
package io.storageconnections.adapter.http.request;

import org.jspecify.annotations.NullMarked;
