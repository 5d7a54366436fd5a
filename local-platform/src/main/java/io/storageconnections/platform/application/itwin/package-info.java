/** Use cases of iTwins. Internal to this module. */
@NullMarked
package io.storageconnections.platform.application.itwin;

import org.jspecify.annotations.NullMarked;
