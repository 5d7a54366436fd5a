/** The mark of the seed that filled the database. Internal to this module. */
@NullMarked
package io.storageconnections.platform.persistence.seed;

import org.jspecify.annotations.NullMarked;
