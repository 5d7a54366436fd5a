/**
 * Look-ups of callers: the cache of their results, and one request for concurrent ones. Internal.
 */
@NullMarked
package io.storageconnections.adapter.platform.lookup;

import org.jspecify.annotations.NullMarked;
