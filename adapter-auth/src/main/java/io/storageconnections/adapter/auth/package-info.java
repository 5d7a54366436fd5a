/**
 * Access tokens: the verification of an OpenID Connect issuer's tokens, and an issuer for
 * development. This package is the module's public API; the packages below it are internal. The
 * module uses Nimbus JOSE + JWT, but its API contains only types of the JDK and of {@code
 * io.storageconnections.application.port}.
 *
 * <p>Stability: from 1.0.0 on, public types here change incompatibly only with a new major version;
 * until then, with any version.
 */
@NullMarked
package io.storageconnections.adapter.auth;

import org.jspecify.annotations.NullMarked;
