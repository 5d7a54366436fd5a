package io.storageconnections.adapter.auth.key;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;

/** The public keys of one issuer, which verify its tokens. Thread-safe. */
public interface VerificationKeys extends JWKSource<SecurityContext>, AutoCloseable {

  /**
   * Returns the issuer's name as its tokens spell it in {@code iss}.
   *
   * @throws IllegalStateException if the keys were never read
   */
  String issuer();

  /**
   * Reads the keys again, unless that happened a moment ago.
   *
   * @return whether the keys differ from those known before the call
   * @throws KeySourceException if no keys are known and none can be read
   */
  boolean refresh() throws KeySourceException;

  /**
   * Returns whether the keys were read before, and the last token could be verified with them; does
   * not read them. Keys that cannot be read again are known for some hours.
   */
  boolean areKnown();

  /** Returns whether the last reading of the keys failed; does not read them. */
  boolean haveFailed();

  /** Ends the threads and connections that read keys. */
  @Override
  void close();
}
