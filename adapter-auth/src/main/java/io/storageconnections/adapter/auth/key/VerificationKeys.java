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

  /** Returns whether the keys were read before; does not read them. */
  boolean areKnown();

  /** Returns whether the last reading of the keys failed; does not read them. */
  boolean haveFailed();

  /** Ends the threads and connections that read keys. */
  @Override
  void close();
}
