/** Routes and bodies of iTwins. Internal to this module. */
@NullMarked
package io.storageconnections.platform.http.itwin;

import org.jspecify.annotations.NullMarked;
