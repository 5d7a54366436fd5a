/**
 * What the build checks about the shape of the code. Every rule is shown to bite: the packages
 * below {@code planted} hold a class for each way of breaking one.
 */
@NullMarked
package io.storageconnections.bootstrap.architecture;

import org.jspecify.annotations.NullMarked;
