/** What a deletion takes with it. Internal to this module. */
@NullMarked
package io.storageconnections.platform.application.deletion;

import org.jspecify.annotations.NullMarked;
