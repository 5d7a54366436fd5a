/** Adapters of a host: each class breaks a rule for adapters on purpose. */
@NullMarked
package io.storageconnections.architecture.planted.host.store;

import org.jspecify.annotations.NullMarked;
