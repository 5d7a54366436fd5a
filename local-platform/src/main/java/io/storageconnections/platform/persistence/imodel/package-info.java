/** The table of iModels. Internal to this module. */
@NullMarked
package io.storageconnections.platform.persistence.imodel;

import org.jspecify.annotations.NullMarked;
