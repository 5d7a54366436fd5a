package io.storageconnections.adapter.auth.issuer;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The document in which an issuer describes itself (OpenID Connect Discovery 1.0, section 4).
 *
 * @param issuer the issuer's name, as it spells it in tokens
 * @param keys the address of its key set
 */
record DiscoveryDocument(String issuer, URI keys) {

  /** Returns the address of the document that describes {@code issuer}. */
  static URI addressFor(URI issuer) {
    return URI.create(
        withoutTrailingSlash(issuer.toString()) + "/.well-known/openid-configuration");
  }

  /**
   * Reads the document that describes {@code issuer}.
   *
   * @throws IOException if the document describes another issuer, or if the server must not read
   *     keys from the address that it names
   * @throws IllegalArgumentException if that address is not a URI
   */
  static DiscoveryDocument read(URI issuer, Map<String, Object> document) throws IOException {
    var address = addressFor(issuer);
    if (!(document.get("issuer") instanceof String name) || !isSameIssuer(issuer, name)) {
      throw new IOException(address + " describes another issuer: " + document.get("issuer"));
    }
    return new DiscoveryDocument(name, keysAddress(address, document.get("jwks_uri")));
  }

  private static URI keysAddress(URI document, @Nullable Object jwksUri) throws IOException {
    if (!(jwksUri instanceof String text)) {
      throw new IOException(document + " has no jwks_uri");
    }
    var address = URI.create(text);
    var violation = SecureAddress.violation(address);
    if (violation != null) {
      throw new IOException("the jwks_uri in " + document + " " + violation);
    }
    return address;
  }

  /** A trailing slash makes no difference, because providers and operators often mix it up. */
  private static boolean isSameIssuer(URI issuer, String name) {
    return withoutTrailingSlash(name).equals(withoutTrailingSlash(issuer.toString()));
  }

  private static String withoutTrailingSlash(String address) {
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }
}
