/** The table of members. Internal to this module. */
@NullMarked
package io.storageconnections.platform.persistence.member;

import org.jspecify.annotations.NullMarked;
