/** The endpoint of the authorization information. Internal to this module. */
@NullMarked
package io.storageconnections.adapter.http.authorization;

import org.jspecify.annotations.NullMarked;
