/** New ids. Internal to this module. */
@NullMarked
package io.storageconnections.platform.domain.id;

import org.jspecify.annotations.NullMarked;
