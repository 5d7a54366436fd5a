/** Use cases of the members of an iTwin. Internal to this module. */
@NullMarked
package io.storageconnections.platform.application.member;

import org.jspecify.annotations.NullMarked;
