/**
 * What the use cases need from outside: stores and the deletion of what belongs to an iModel or an
 * iTwin. Internal to this module.
 */
@NullMarked
package io.storageconnections.platform.application.port;

import org.jspecify.annotations.NullMarked;
