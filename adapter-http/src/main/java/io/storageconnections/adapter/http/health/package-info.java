/** The endpoints that tell whether the server is alive and ready. Internal to this module. */
@NullMarked
package io.storageconnections.adapter.http.health;

import org.jspecify.annotations.NullMarked;
