/** Tests of the built jar as a process, with real databases, signals and disks. */
@NullMarked
package io.storageconnections.bootstrap.jar;

import org.jspecify.annotations.NullMarked;
