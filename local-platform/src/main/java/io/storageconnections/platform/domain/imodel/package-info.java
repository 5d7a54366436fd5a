/** iModels. Internal to this module. */
@NullMarked
package io.storageconnections.platform.domain.imodel;

import org.jspecify.annotations.NullMarked;
