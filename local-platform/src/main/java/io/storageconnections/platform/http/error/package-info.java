/** The error bodies of the iTwins, iModels and Storage APIs. Internal to this module. */
@NullMarked
package io.storageconnections.platform.http.error;

import org.jspecify.annotations.NullMarked;
