/** The limits of Jetty's connections, and the answers that Jetty gives itself. Internal. */
@NullMarked
package io.storageconnections.adapter.http.server;

import org.jspecify.annotations.NullMarked;
