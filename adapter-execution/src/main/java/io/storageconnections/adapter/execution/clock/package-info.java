/** The time that all nodes on one database agree on. Internal. */
@NullMarked
package io.storageconnections.adapter.execution.clock;

import org.jspecify.annotations.NullMarked;
