/** Authentication of requests by bearer tokens. */
@NullMarked
package io.storageconnections.adapter.http.security;

import org.jspecify.annotations.NullMarked;
