/**
 * What every adapter of an outbound port promises, as tests to implement, beside the in-memory
 * adapters that show how little it takes to keep the promises.
 */
@NullMarked
package io.storageconnections.application.contract;

import org.jspecify.annotations.NullMarked;
