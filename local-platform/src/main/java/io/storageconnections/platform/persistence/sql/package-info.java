/** The constraints of the tables. Internal to this module. */
@NullMarked
package io.storageconnections.platform.persistence.sql;

import org.jspecify.annotations.NullMarked;
