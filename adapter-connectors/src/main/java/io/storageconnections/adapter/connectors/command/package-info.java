/** One attempt of a command connector: its folder, job, process, output and outcome. */
@NullMarked
package io.storageconnections.adapter.connectors.command;

import org.jspecify.annotations.NullMarked;
