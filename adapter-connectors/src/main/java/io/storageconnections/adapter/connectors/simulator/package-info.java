/** Recognizes the formats of files by their first bytes, for the simulated connector. */
@NullMarked
package io.storageconnections.adapter.connectors.simulator;

import org.jspecify.annotations.NullMarked;
