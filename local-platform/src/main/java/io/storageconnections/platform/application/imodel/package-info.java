/** Use cases of iModels. Internal to this module. */
@NullMarked
package io.storageconnections.platform.application.imodel;

import org.jspecify.annotations.NullMarked;
