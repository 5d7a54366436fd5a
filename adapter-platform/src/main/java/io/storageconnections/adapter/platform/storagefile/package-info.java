/** What the platform answers about a Storage file and its content. Internal. */
@NullMarked
package io.storageconnections.adapter.platform.storagefile;

import org.jspecify.annotations.NullMarked;
