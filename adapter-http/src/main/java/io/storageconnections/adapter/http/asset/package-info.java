/** Files of the jar that the server serves to browsers. Internal to this module. */
@NullMarked
package io.storageconnections.adapter.http.asset;

import org.jspecify.annotations.NullMarked;
