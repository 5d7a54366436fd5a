/**
 * Planted violations: each class here breaks a rule for adapters on purpose. They are read, never
 * run.
 */
@NullMarked
package io.storageconnections.architecture.planted.host.tokens;

import org.jspecify.annotations.NullMarked;
