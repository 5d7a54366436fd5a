/**
 * Authentication of requests, by bearer tokens or by the embedding application. Internal to this
 * module.
 */
@NullMarked
package io.storageconnections.adapter.http.security;

import org.jspecify.annotations.NullMarked;
