/**
 * What the use cases need from the world. Each interface is a written contract whose tests are in
 * this module's test-jar; whoever implements one runs them.
 *
 * <p>Stability: from 1.0.0 on, what is public here changes incompatibly with a new major version
 * only; until then, with any. An interface here gains a method with a minor version only if the
 * method has a default.
 */
@NullMarked
package io.storageconnections.application.port.out;

import org.jspecify.annotations.NullMarked;
