/** The rate limit of clients and addresses. Internal to this module. */
@NullMarked
package io.storageconnections.adapter.http.ratelimit;

import org.jspecify.annotations.NullMarked;
