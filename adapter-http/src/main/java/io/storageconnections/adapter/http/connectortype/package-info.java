/** The endpoint of the connector types. Internal. */
@NullMarked
package io.storageconnections.adapter.http.connectortype;

import org.jspecify.annotations.NullMarked;
