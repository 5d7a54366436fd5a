/** The pages for the operator of a server: health, metrics and information. Internal. */
@NullMarked
package io.storageconnections.adapter.http.management;

import org.jspecify.annotations.NullMarked;
