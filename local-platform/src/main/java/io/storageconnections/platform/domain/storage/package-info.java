/** Files and folders of Storage: names, paths and contents. Plain Java. */
@NullMarked
package io.storageconnections.platform.domain.storage;

import org.jspecify.annotations.NullMarked;
