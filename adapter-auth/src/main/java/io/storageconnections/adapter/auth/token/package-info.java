/**
 * Access tokens: their spelling, their claims, and a cache of verified ones. Internal to this
 * module.
 */
@NullMarked
package io.storageconnections.adapter.auth.token;

import org.jspecify.annotations.NullMarked;
