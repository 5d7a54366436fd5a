package io.storageconnections.adapter.auth;

/** Whether a verifier can read the keys of its issuer. */
public enum KeyState {
  /** The verifier has not read the keys yet: no token has arrived. */
  NOT_READ,
  /** The last reading succeeded. */
  READ,
  /** The last reading failed. The verifier uses the keys that it knows for some hours. */
  STALE,
  /** The last reading failed, and the verifier knows no keys, so that it can verify no token. */
  UNAVAILABLE
}
