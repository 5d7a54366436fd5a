/** What the bodies of answers share. Internal to this module. */
@NullMarked
package io.storageconnections.platform.http.response;

import org.jspecify.annotations.NullMarked;
