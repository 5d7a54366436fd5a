/** Tests of the pages of the built jar in a real browser. */
@NullMarked
package io.storageconnections.browser;

import org.jspecify.annotations.NullMarked;
