/**
 * ArchUnit rules for adapters of outbound ports, such as a store or a directory of iModels. This
 * project holds its own adapters to them, and a host can do the same with its adapters: see {@link
 * io.storageconnections.architecture.AdapterRule#checkAll}. Each rule states its reason.
 *
 * <p>Stability: from 1.0.0 on, public types here change incompatibly only with a new major version;
 * until then, with any version. A stricter rule is an incompatible change.
 */
@NullMarked
package io.storageconnections.architecture;

import org.jspecify.annotations.NullMarked;
