/** Authentication of requests by bearer tokens. Internal to this module. */
@NullMarked
package io.storageconnections.adapter.http.security;

import org.jspecify.annotations.NullMarked;
