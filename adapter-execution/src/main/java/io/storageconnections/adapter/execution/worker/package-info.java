/** Picking up runs, executing them, and the leases that a node has on them. Internal. */
@NullMarked
package io.storageconnections.adapter.execution.worker;

import org.jspecify.annotations.NullMarked;
