/** The steps that every request passes: authentication, rate limit, endpoint, errors. Internal. */
@NullMarked
package io.storageconnections.adapter.http.pipeline;

import org.jspecify.annotations.NullMarked;
