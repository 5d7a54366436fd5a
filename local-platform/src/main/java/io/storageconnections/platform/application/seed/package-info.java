/**
 * Filling an empty database with the objects of a seed, and returning to them. Internal to this
 * module.
 */
@NullMarked
package io.storageconnections.platform.application.seed;

import org.jspecify.annotations.NullMarked;
