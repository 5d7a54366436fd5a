/** The console: a page that drives the API in a browser. Internal to this module. */
@NullMarked
package io.storageconnections.adapter.http.console;

import org.jspecify.annotations.NullMarked;
