/** The rate limit: how many requests a caller may make in a minute. Internal. */
@NullMarked
package io.storageconnections.adapter.http.ratelimit;

import org.jspecify.annotations.NullMarked;
