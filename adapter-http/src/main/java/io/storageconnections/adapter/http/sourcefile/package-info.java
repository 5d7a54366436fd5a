/** The endpoints of a connection's source files, and their JSON. Internal to this module. */
@NullMarked
package io.storageconnections.adapter.http.sourcefile;

import org.jspecify.annotations.NullMarked;
