/** Reads the content of the file of an attempt. Internal to this module. */
@NullMarked
package io.storageconnections.adapter.connectors.source;

import org.jspecify.annotations.NullMarked;
