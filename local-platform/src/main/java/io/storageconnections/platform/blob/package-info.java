/** The contents of files, as plain files in a folder. */
@NullMarked
package io.storageconnections.platform.blob;

import org.jspecify.annotations.NullMarked;
