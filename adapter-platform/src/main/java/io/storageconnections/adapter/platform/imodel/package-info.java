/** What the platform answers about an iModel. Internal. */
@NullMarked
package io.storageconnections.adapter.platform.imodel;

import org.jspecify.annotations.NullMarked;
