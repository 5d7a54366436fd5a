/**
 * The public keys that verify signatures: reading a key set, finding the keys that may have signed
 * a token, and Ed25519. Internal to this module.
 */
@NullMarked
package io.storageconnections.adapter.auth.key;

import org.jspecify.annotations.NullMarked;
