/**
 * The process and its surroundings: termination signals, the data folder, and failures as one line
 * for the operator. Not a public API.
 */
@NullMarked
package io.storageconnections.bootstrap.process;

import org.jspecify.annotations.NullMarked;
