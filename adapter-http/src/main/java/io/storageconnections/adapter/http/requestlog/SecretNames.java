package io.storageconnections.adapter.http.requestlog;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides by the name of a header, parameter or member whether its value is a secret. Case and
 * separators do not count: {@code access_token}, {@code accessToken} and {@code X-Access-Token} are
 * names of the same kind.
 */
final class SecretNames {

  private static final Set<String> NAMES =
      Set.of(
          "authcode",
          "authorizationcode",
          "devicecode",
          "idtokenhint",
          "jwt",
          "passwd",
          "pwd",
          "sig",
          "usercode");

  private static final List<String> ENDINGS =
      List.of(
          "accesskey",
          "apikey",
          "assertion",
          "authorization",
          "cookie",
          "credential",
          "credentials",
          "password",
          "secret",
          "signature",
          "token",
          "verifier");

  private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9]");

  private SecretNames() {}

  /** Returns whether the value of a header, a member of JSON, or another field is a secret. */
  static boolean contain(String name) {
    var letters = SEPARATORS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
    return NAMES.contains(letters) || ENDINGS.stream().anyMatch(letters::endsWith);
  }

  /**
   * Returns whether the value of a parameter of a form or of a query is a secret. There, {@code
   * code} is an authorization code; in an answer, it is the code of an error.
   */
  static boolean containParameter(String name) {
    return contain(name) || isCode(name);
  }

  /** Returns whether this is the name of an authorization code or of an error's code. */
  static boolean isCode(String name) {
    return name.strip().equalsIgnoreCase("code");
  }
}
