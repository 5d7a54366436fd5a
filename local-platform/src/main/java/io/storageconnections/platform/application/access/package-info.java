/** What a caller may do. Internal to this module. */
@NullMarked
package io.storageconnections.platform.application.access;

import org.jspecify.annotations.NullMarked;
