/** The API's description and the pages that show it. Internal. */
@NullMarked
package io.storageconnections.adapter.http.docs;

import org.jspecify.annotations.NullMarked;
