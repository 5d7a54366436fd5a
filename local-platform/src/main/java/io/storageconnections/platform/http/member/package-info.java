/** Routes and bodies of the members of an iTwin. Internal to this module. */
@NullMarked
package io.storageconnections.platform.http.member;

import org.jspecify.annotations.NullMarked;
