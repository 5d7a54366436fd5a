/** The table of iTwins. Internal to this module. */
@NullMarked
package io.storageconnections.platform.persistence.itwin;

import org.jspecify.annotations.NullMarked;
