package io.storageconnections.adapter.auth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;

/** The keys that tokens are verified with, and whose they are. Thread-safe. */
interface VerificationKeys extends JWKSource<SecurityContext>, AutoCloseable {

  /**
   * The issuer as it names itself in its tokens.
   *
   * @throws IllegalStateException if no keys were had yet
   */
  String issuer();

  /**
   * Asks the issuer whether it has other keys by now, unless it was asked a moment ago.
   *
   * @return whether there are keys that were not known before the call
   * @throws KeySourceException if there are no keys at all
   */
  boolean readAgain() throws KeySourceException;

  @Override
  void close();
}
