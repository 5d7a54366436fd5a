package io.storageconnections.adapter.auth;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * The key set of an issuer, read anew at each call: first what the issuer says about itself, then
 * the keys it points to. Both every time, so that an issuer may move its keys. Thread-safe.
 */
final class DiscoveredKeySet implements JWKSetSource<SecurityContext> {

  private final IssuerUrl issuer;
  private final IssuerDocuments documents;
  private volatile @Nullable String name;

  DiscoveredKeySet(IssuerUrl issuer, IssuerDocuments documents) {
    this.issuer = issuer;
    this.documents = documents;
  }

  /** How the issuer spells its own name; null until keys were read once. */
  @Nullable String name() {
    return name;
  }

  @Override
  public JWKSet getJWKSet(
      JWKSetCacheRefreshEvaluator evaluator, long currentTime, @Nullable SecurityContext context)
      throws JWKSetRetrievalException {
    try {
      var description = JSONObjectUtils.parse(documents.get(issuer.discovery()));
      var stated = JSONObjectUtils.getString(description, "issuer");
      if (stated == null || !issuer.isNamed(stated)) {
        throw new IOException(issuer.discovery() + " describes another issuer: " + stated);
      }
      var keys = JWKSet.parse(documents.get(keysAddress(description.get("jwks_uri"))));
      name = stated;
      return keys.toPublicJWKSet();
    } catch (IOException | ParseException | RuntimeException failure) {
      // Nimbus meets some malformed documents ("null", a key that is no object) unchecked.
      throw new JWKSetRetrievalException("cannot read the keys of issuer " + issuer, failure);
    }
  }

  private URI keysAddress(@Nullable Object jwksUri) throws IOException {
    if (!(jwksUri instanceof String text)) {
      throw new IOException(issuer.discovery() + " has no jwks_uri");
    }
    var address = URI.create(text);
    var fault = IssuerUrl.fault(address);
    if (fault != null) {
      throw new IOException("the jwks_uri in " + issuer.discovery() + " " + fault);
    }
    return address;
  }

  @Override
  public void close() {
    documents.close();
  }
}
