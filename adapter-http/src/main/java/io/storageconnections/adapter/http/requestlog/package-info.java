/**
 * The log of requests: the last requests and answers of a server for development, without secrets.
 * Internal to this module.
 */
@NullMarked
package io.storageconnections.adapter.http.requestlog;

import org.jspecify.annotations.NullMarked;
