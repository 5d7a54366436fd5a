/**
 * The guard of the routes below {@code /development/}, the routes of the log of requests and of
 * scripts, and loopback hosts. Internal to this module.
 */
@NullMarked
package io.storageconnections.adapter.http.development;

import org.jspecify.annotations.NullMarked;
