/** What the ports of both sides name: who calls, and that the world failed. */
@NullMarked
package io.storageconnections.application.port;

import org.jspecify.annotations.NullMarked;
