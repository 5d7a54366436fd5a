/**
 * Where input is judged: Jakarta constraints on the requests, the one constraint of our own, and
 * the class that collects everything that is wrong, in document order.
 *
 * <p>Stability: from 1.0.0 on, what is public here changes incompatibly with a new major version
 * only; until then, with any.
 */
@NullMarked
package io.storageconnections.application.validation;

import org.jspecify.annotations.NullMarked;
