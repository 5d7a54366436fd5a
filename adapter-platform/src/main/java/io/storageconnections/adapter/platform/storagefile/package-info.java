/** What the platform answers about a Storage file. Internal. */
@NullMarked
package io.storageconnections.adapter.platform.storagefile;

import org.jspecify.annotations.NullMarked;
