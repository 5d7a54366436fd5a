/** The endpoint of the authorization information. Internal. */
@NullMarked
package io.storageconnections.adapter.http.authorization;

import org.jspecify.annotations.NullMarked;
