/** The endpoints of storage connections, and their JSON. Internal to this module. */
@NullMarked
package io.storageconnections.adapter.http.connection;

import org.jspecify.annotations.NullMarked;
