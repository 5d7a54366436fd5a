/** The texts of names and descriptions. Internal to this module. */
@NullMarked
package io.storageconnections.platform.domain.text;

import org.jspecify.annotations.NullMarked;
