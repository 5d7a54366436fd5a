/**
 * The endpoints of the development issuer, an OpenID provider that issues a token to every client
 * and logs in every user. Internal to this module.
 */
@NullMarked
package io.storageconnections.adapter.http.issuer;

import org.jspecify.annotations.NullMarked;
