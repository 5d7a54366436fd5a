/** The lock that protects the limits of an iModel. Internal: not part of the API of this module. */
@NullMarked
package io.storageconnections.adapter.persistence.imodel;

import org.jspecify.annotations.NullMarked;
