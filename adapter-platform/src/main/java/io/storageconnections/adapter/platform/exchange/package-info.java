/** HTTP requests to the platform: their deadline, their number, their answers. Internal. */
@NullMarked
package io.storageconnections.adapter.platform.exchange;

import org.jspecify.annotations.NullMarked;
