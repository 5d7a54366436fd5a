/**
 * What the use cases need from the world. Each interface is a written contract whose tests are in
 * this module's test-jar; whoever implements one runs them.
 */
@NullMarked
package io.storageconnections.application.port.out;

import org.jspecify.annotations.NullMarked;
