/** The token with which this server itself asks the platform. Internal. */
@NullMarked
package io.storageconnections.adapter.platform.credentials;

import org.jspecify.annotations.NullMarked;
