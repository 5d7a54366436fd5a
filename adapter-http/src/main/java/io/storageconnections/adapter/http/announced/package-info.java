/** Operations that the API documents and this server does not implement yet. Internal. */
@NullMarked
package io.storageconnections.adapter.http.announced;

import org.jspecify.annotations.NullMarked;
