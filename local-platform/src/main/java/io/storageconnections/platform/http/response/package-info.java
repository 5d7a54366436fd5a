/** What the answers share: the outcome of a use case, and times. Internal to this module. */
@NullMarked
package io.storageconnections.platform.http.response;

import org.jspecify.annotations.NullMarked;
