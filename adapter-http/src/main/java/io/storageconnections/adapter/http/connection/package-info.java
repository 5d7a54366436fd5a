/** The routes, endpoints and JSON bodies of storage connections. Internal. */
@NullMarked
package io.storageconnections.adapter.http.connection;

import org.jspecify.annotations.NullMarked;
