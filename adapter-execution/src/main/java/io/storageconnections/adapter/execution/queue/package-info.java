/** The table of queued runs, and how db-scheduler reads and writes it. Internal. */
@NullMarked
package io.storageconnections.adapter.execution.queue;

import org.jspecify.annotations.NullMarked;
