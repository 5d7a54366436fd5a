/** Reading the bodies of requests. Internal to this module. */
@NullMarked
package io.storageconnections.platform.http.request;

import org.jspecify.annotations.NullMarked;
