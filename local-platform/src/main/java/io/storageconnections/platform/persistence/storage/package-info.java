/** The SQL of Storage: folders, files, uploads and the register of blobs. */
@NullMarked
package io.storageconnections.platform.persistence.storage;

import org.jspecify.annotations.NullMarked;
