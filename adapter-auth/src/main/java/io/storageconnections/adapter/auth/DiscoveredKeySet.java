package io.storageconnections.adapter.auth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key set of an issuer, read anew at each call: first what the issuer says about itself, then
 * the keys it points to. Both every time, so that an issuer may move its keys. Thread-safe.
 */
final class DiscoveredKeySet implements JWKSetSource<SecurityContext> {

  // Some endpoints answer to their own media type only, and some only to a client that takes any.
  private static final String DESCRIPTION_TYPES = "application/json, */*;q=0.8";
  private static final String KEYS_TYPES =
      "application/jwk-set+json, application/json;q=0.9, */*;q=0.8";

  private static final Logger LOG = LoggerFactory.getLogger(DiscoveredKeySet.class);

  private final IssuerUrl issuer;
  private final IssuerDocuments documents;
  private final SkippedKeyLog skippedKeys;
  private volatile @Nullable String name;
  private volatile @Nullable KeySourceException lastFailure;

  DiscoveredKeySet(IssuerUrl issuer, IssuerDocuments documents) {
    this.issuer = issuer;
    this.documents = documents;
    skippedKeys = new SkippedKeyLog(issuer);
  }

  /** How the issuer spells its own name; null until keys were read once. */
  @Nullable String name() {
    return name;
  }

  /** Why the last reading failed; null if it did not. */
  @Nullable KeySourceException lastFailure() {
    return lastFailure;
  }

  @Override
  public JWKSet getJWKSet(
      JWKSetCacheRefreshEvaluator evaluator, long currentTime, @Nullable SecurityContext context)
      throws JWKSetRetrievalException {
    try {
      var keys = read();
      if (lastFailure != null) {
        LOG.info("The server reads the keys of issuer {} again", issuer);
      }
      lastFailure = null;
      return keys;
    } catch (IOException | RuntimeException failure) {
      // The issuer writes the text, and no text of its may end the thread that reads ahead.
      var unreadable =
          new JWKSetRetrievalException("Cannot read the keys of issuer " + issuer, failure);
      lastFailure = unreadable;
      throw unreadable;
    }
  }

  private JWKSet read() throws IOException {
    var description = jsonAt(issuer.discovery(), DESCRIPTION_TYPES);
    if (!(description.get("issuer") instanceof String stated) || !issuer.isNamed(stated)) {
      throw new IOException(
          issuer.discovery() + " describes another issuer: " + description.get("issuer"));
    }
    var address = keysAddress(description.get("jwks_uri"));
    var keys = PublishedKeys.read(address, jsonAt(address, KEYS_TYPES));
    name = stated;
    skippedKeys.report(keys);
    return keys.usable();
  }

  private Map<String, Object> jsonAt(URI address, String mediaTypes) throws IOException {
    var text = documents.get(address, mediaTypes);
    Map<String, Object> document = null;
    ParseException malformed = null;
    try {
      document = JSONObjectUtils.parse(text);
    } catch (ParseException failure) {
      malformed = failure;
    }
    if (document == null) {
      throw new IOException(
          address + " answered no JSON object, but a text that begins with " + beginning(text),
          malformed);
    }
    return document;
  }

  private static String beginning(String text) {
    return LogText.of(text.substring(0, Math.min(text.length(), 40)));
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
