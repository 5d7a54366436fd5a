/** Answers for documented operations that this platform does not have. Internal to this module. */
@NullMarked
package io.storageconnections.platform.http.unsupported;

import org.jspecify.annotations.NullMarked;
