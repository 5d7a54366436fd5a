/** iTwins. Internal to this module. */
@NullMarked
package io.storageconnections.platform.domain.itwin;

import org.jspecify.annotations.NullMarked;
