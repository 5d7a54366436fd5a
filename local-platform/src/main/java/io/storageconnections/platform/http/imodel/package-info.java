/** Routes and bodies of iModels. Internal to this module. */
@NullMarked
package io.storageconnections.platform.http.imodel;

import org.jspecify.annotations.NullMarked;
