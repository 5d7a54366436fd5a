/** The use cases of Storage: folders, files, their contents, and the removal of leftovers. */
@NullMarked
package io.storageconnections.platform.application.storage;

import org.jspecify.annotations.NullMarked;
