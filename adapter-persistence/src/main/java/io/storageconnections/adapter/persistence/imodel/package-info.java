/**
 * The rows of iModels, and the lock that protects the limits of one. Internal: not part of the API
 * of this module.
 */
@NullMarked
package io.storageconnections.adapter.persistence.imodel;

import org.jspecify.annotations.NullMarked;
