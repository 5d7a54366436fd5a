/** Reading requests: body, form, query parameters and headers. Internal to this module. */
@NullMarked
package io.storageconnections.adapter.http.request;

import org.jspecify.annotations.NullMarked;
