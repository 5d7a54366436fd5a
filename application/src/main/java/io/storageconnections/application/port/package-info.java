/**
 * What the ports of both sides name: who calls, and that the world failed.
 *
 * <p>Stability: from 1.0.0 on, what is public here changes incompatibly with a new major version
 * only; until then, with any.
 */
@NullMarked
package io.storageconnections.application.port;

import org.jspecify.annotations.NullMarked;
