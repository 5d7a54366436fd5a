/**
 * The keys of an OpenID Connect issuer: discovery over HTTP, a cache that survives outages, and the
 * log of failures. Internal to this module.
 */
@NullMarked
package io.storageconnections.adapter.auth.issuer;

import org.jspecify.annotations.NullMarked;
