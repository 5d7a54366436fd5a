/** The members of an iTwin and their roles. Internal to this module. */
@NullMarked
package io.storageconnections.platform.domain.member;

import org.jspecify.annotations.NullMarked;
