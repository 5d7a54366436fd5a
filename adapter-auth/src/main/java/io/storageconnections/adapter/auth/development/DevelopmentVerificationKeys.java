package io.storageconnections.adapter.auth.development;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.SecurityContext;
import io.storageconnections.adapter.auth.key.VerificationKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The public key of a development issuer in the same process. It never changes, and needs no
 * network.
 *
 * @param keys a set with the one key
 * @param issuer the issuer's name
 */
public record DevelopmentVerificationKeys(JWKSet keys, String issuer) implements VerificationKeys {

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
    return selector.select(keys);
  }

  @Override
  public boolean refresh() {
    return false;
  }

  @Override
  public boolean areKnown() {
    return true;
  }

  @Override
  public boolean haveFailed() {
    return false;
  }

  @Override
  public void close() {
    // Holds neither threads nor connections.
  }
}
