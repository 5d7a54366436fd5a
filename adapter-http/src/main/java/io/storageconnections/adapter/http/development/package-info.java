/** An OpenID provider for development, which issues a token to every caller. */
@NullMarked
package io.storageconnections.adapter.http.development;

import org.jspecify.annotations.NullMarked;
