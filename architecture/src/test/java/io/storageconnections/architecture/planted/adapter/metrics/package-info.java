/**
 * Planted violations: each class here breaks a rule on purpose, unless its Javadoc says otherwise.
 */
@NullMarked
package io.storageconnections.architecture.planted.adapter.metrics;

import org.jspecify.annotations.NullMarked;
