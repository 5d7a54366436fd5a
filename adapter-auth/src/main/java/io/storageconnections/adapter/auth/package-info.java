/**
 * Access tokens by way of Nimbus JOSE + JWT: judging those of an OpenID Connect issuer, and issuing
 * them for development. Nimbus is known here and nowhere else, and what is public speaks of the JDK
 * and of our ports only.
 *
 * <p>Stability: from 1.0.0 on, what is public here changes incompatibly with a new major version
 * only; until then, with any.
 */
@NullMarked
package io.storageconnections.adapter.auth;

import org.jspecify.annotations.NullMarked;
