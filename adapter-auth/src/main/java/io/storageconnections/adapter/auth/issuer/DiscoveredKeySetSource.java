package io.storageconnections.adapter.auth.issuer;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.storageconnections.adapter.auth.key.PublishedKeys;
import io.storageconnections.adapter.auth.log.LogText;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the key set of an issuer at each call: first the issuer's discovery document, then the keys
 * at the address that it names. It reads both each time, so that an issuer may move its keys.
 * Thread-safe.
 */
final class DiscoveredKeySetSource implements JWKSetSource<SecurityContext> {

  // Some issuers answer only to their own media type, others only to a client that accepts any.
  private static final String DISCOVERY_TYPES = "application/json, */*;q=0.8";
  private static final String KEYS_TYPES =
      "application/jwk-set+json, application/json;q=0.9, */*;q=0.8";

  private static final int QUOTED_LENGTH_MAX = 40;

  private static final Logger LOG = LoggerFactory.getLogger(DiscoveredKeySetSource.class);

  private final URI issuer;
  private final IssuerHttpClient http;
  private final SkippedKeyLog skippedKeys;
  private volatile @Nullable String issuerName;
  private volatile @Nullable KeySourceException lastFailure;

  DiscoveredKeySetSource(URI issuer, IssuerHttpClient http) {
    this.issuer = issuer;
    this.http = http;
    skippedKeys = new SkippedKeyLog(issuer);
  }

  /** Returns the issuer's name as it spells it itself; null until the first successful reading. */
  @Nullable String issuerName() {
    return issuerName;
  }

  /** Returns the failure of the last reading; null if it succeeded. */
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
      // Runtime exceptions too: the documents come from outside and may contain anything, and no
      // document may end the thread that refreshes the keys.
      var unreadable =
          new JWKSetRetrievalException("Cannot read the keys of issuer " + issuer, failure);
      lastFailure = unreadable;
      throw unreadable;
    }
  }

  private JWKSet read() throws IOException {
    var discoveryAddress = DiscoveryDocument.addressFor(issuer);
    var discovery = DiscoveryDocument.read(issuer, jsonAt(discoveryAddress, DISCOVERY_TYPES));
    var keys = PublishedKeys.read(discovery.keys(), jsonAt(discovery.keys(), KEYS_TYPES));
    issuerName = discovery.issuer();
    skippedKeys.log(keys);
    return keys.usable();
  }

  private Map<String, Object> jsonAt(URI address, String mediaTypes) throws IOException {
    var text = http.get(address, mediaTypes);
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
    return LogText.printable(text.substring(0, Math.min(text.length(), QUOTED_LENGTH_MAX)));
  }

  @Override
  public void close() {
    http.close();
  }
}
