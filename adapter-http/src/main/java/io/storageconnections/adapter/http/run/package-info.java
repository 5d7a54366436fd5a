/** The endpoints of runs, and their JSON. Internal to this module. */
@NullMarked
package io.storageconnections.adapter.http.run;

import org.jspecify.annotations.NullMarked;
