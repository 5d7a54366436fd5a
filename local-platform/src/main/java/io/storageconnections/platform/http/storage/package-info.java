/** The routes of Storage, their endpoints and JSON bodies. */
@NullMarked
package io.storageconnections.platform.http.storage;

import org.jspecify.annotations.NullMarked;
