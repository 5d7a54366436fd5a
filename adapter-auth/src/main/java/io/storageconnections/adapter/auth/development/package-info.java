/**
 * The key of the development issuer: the file that keeps it, and its public part. Internal to this
 * module.
 */
@NullMarked
package io.storageconnections.adapter.auth.development;

import org.jspecify.annotations.NullMarked;
