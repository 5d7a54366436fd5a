/**
 * The outbound ports, which adapters implement, and the values that ports of both sides exchange.
 * Each outbound port has a contract test in this module's test-jar, which every implementation
 * runs. Hosts get it with {@code storage-connections-contracts}.
 *
 * <p>Stability: from 1.0.0 on, public types here change incompatibly only with a new major version;
 * until then, with any version. An interface gains a method in a minor version only if the method
 * has a default implementation.
 */
@NullMarked
package io.storageconnections.application.port;

import org.jspecify.annotations.NullMarked;
