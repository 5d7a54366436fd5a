/**
 * The steps that every request passes: correlation id, authentication, rate limit, endpoint, and
 * the translation of exceptions into errors. Internal to this module.
 */
@NullMarked
package io.storageconnections.adapter.http.pipeline;

import org.jspecify.annotations.NullMarked;
