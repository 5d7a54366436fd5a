/** The endpoint of the connector types. Internal to this module. */
@NullMarked
package io.storageconnections.adapter.http.connectortype;

import org.jspecify.annotations.NullMarked;
