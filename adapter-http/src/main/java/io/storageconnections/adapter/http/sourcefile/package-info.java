/** The routes, endpoints and JSON bodies of source files. Internal. */
@NullMarked
package io.storageconnections.adapter.http.sourcefile;

import org.jspecify.annotations.NullMarked;
