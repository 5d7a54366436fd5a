/** Collecting what is wrong with a request. Internal to this module. */
@NullMarked
package io.storageconnections.platform.application.validation;

import org.jspecify.annotations.NullMarked;
