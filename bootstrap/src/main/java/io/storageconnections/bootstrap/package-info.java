/**
 * Chooses the adapters, wires them with plain constructors and runs them from the command line. The
 * one place that reads settings, and the only one that may see every module.
 */
@NullMarked
package io.storageconnections.bootstrap;

import org.jspecify.annotations.NullMarked;
