/** The decision about access: the only place that asks the directory what a caller may do. */
@NullMarked
package io.storageconnections.application.access;

import org.jspecify.annotations.NullMarked;
