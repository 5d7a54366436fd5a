package io.storageconnections.adapter.http.requestlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the secrets of one exchange: tokens, credentials, authorization codes, cookies, and the
 * signatures of URLs. It recognizes a secret by the name of its header, parameter or member, or by
 * its form. It remembers what it has replaced, so that {@link #withoutKnownSecrets} finds the same
 * secret in any other place. Not thread-safe.
 */
final class Redaction {

  static final String REDACTED = "[redacted]";

  /** Shorter secrets are not searched in other places, because they may be ordinary words. */
  private static final int KNOWN_SECRET_LENGTH_MIN = 8;

  /** How often a text may be percent-encoded. */
  private static final int DECODINGS_MAX = 3;

  /** The tokens of this server's signed URLs. */
  private static final Pattern SIGNED_URL =
      Pattern.compile(
          "(?i)(storage(?:/|\\\\/|%2F)++content(?:/|\\\\/|%2F)++)([^\\s\"'<>?#&,;)\\]}\\\\]++)");

  /** Credentials after the name of their scheme. */
  private static final Pattern CREDENTIALS =
      Pattern.compile("(?i)(\\b(?:bearer|basic|dpop)(?:\\s|\\+|%20)++)([A-Za-z0-9._~+/=-]{8,})");

  /**
   * JSON Web Tokens, which begin with the characters of <code>{"</code> in base64url. Without the
   * limits of where a match begins, or how far it goes, a long word would take quadratic time.
   */
  private static final Pattern JWT =
      Pattern.compile(
          "()((?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{6,}+(?:\\.[A-Za-z0-9_-]*+)*+"
              + "|eyJ[A-Za-z0-9_-]{6,1000}+\\.[A-Za-z0-9_.-]*+"
              + "|(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{16,}+\\.[A-Za-z0-9_-]{16,}+\\.[A-Za-z0-9_.-]{16,}+)");

  /** A text in a URL or header that is longer than any id, and so may be a token. */
  private static final Pattern OPAQUE = Pattern.compile("()([A-Za-z0-9_-]{80,}+)");

  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "([A-Za-z][A-Za-z0-9_-]{1,63}+)([\"'\\\\\\s]{0,8}+(?:=|%3D)[\"'\\\\\\s]{0,8}+)"
              + "([^\\s\"'&<>\\\\]++)");

  private static final Pattern FIELD =
      Pattern.compile(
          "([A-Za-z][A-Za-z0-9_-]{1,63}+)([\"'\\\\\\s]{0,8}+[:>][\"'\\\\\\s]{0,8}+)"
              + "(?!null\\b)([^\\r\\n\"'&<>\\\\]++)");

  private static final Pattern SCHEME = Pattern.compile("(?i)((?:bearer|basic|dpop)\\s+)(.*)");

  private static final Pattern PERCENT_ENCODED = Pattern.compile("(?:%[0-9A-Fa-f]{2})++");

  private final Set<String> known = new HashSet<>();

  /** Returns a text without the secrets that are recognizable in any text. */
  String text(String text) {
    return text(text, DECODINGS_MAX);
  }

  /** As {@link #text}. */
  @Nullable String textOrNull(@Nullable String text) {
    return text == null ? null : text(text);
  }

  private String text(String text, int decodings) {
    var redacted = replaced(text, SIGNED_URL);
    redacted = replaced(redacted, CREDENTIALS);
    redacted = replaced(redacted, JWT);
    redacted = replacedIf(redacted, ASSIGNMENT, SecretNames::containParameter);
    redacted = replacedIf(redacted, FIELD, SecretNames::contain);
    if (decodings == 0 || redacted.indexOf('%') < 0) {
      return redacted;
    }
    var decoded = decoded(redacted);
    var redactedAgain = text(decoded, decodings - 1);
    return redactedAgain.equals(decoded) ? redacted : redactedAgain;
  }

  private String urlText(String text) {
    return replaced(text(text), OPAQUE);
  }

  /** Returns the value of a header. */
  String header(HeaderField field) {
    var name = field.name().toLowerCase(Locale.ROOT);
    var value = field.value();
    if (name.endsWith("authorization")) {
      return credentials(value);
    }
    if (name.endsWith("cookie")) {
      for (var pair : value.split(";", -1)) {
        remember(pair.substring(pair.indexOf('=') + 1).strip());
      }
      return REDACTED;
    }
    return SecretNames.contain(name) ? secret(value) : urlText(value);
  }

  private String credentials(String value) {
    var scheme = SCHEME.matcher(value);
    if (!scheme.matches()) {
      return secret(value);
    }
    var credentials = scheme.group(2).strip();
    if (value.regionMatches(true, 0, "basic", 0, 5)) {
      rememberPassword(credentials);
    }
    return scheme.group(1) + secret(credentials);
  }

  private void rememberPassword(String base64) {
    try {
      var pair = new String(Base64.getDecoder().decode(base64), UTF_8);
      remember(pair.substring(pair.indexOf(':') + 1));
    } catch (IllegalArgumentException notBase64) {
      // The whole text is remembered as a secret anyway.
    }
  }

  /** Returns the path of a URL. */
  String path(String path) {
    var signed = replaced(path, SIGNED_URL);
    return Arrays.stream(signed.split("/", -1)).map(this::urlText).collect(Collectors.joining("/"));
  }

  /** Returns the query of a URL. */
  String query(String query) {
    return parameters(query, this::urlText);
  }

  private String parameters(String parameters, UnaryOperator<String> redacted) {
    return Arrays.stream(parameters.split("&", -1))
        .map(pair -> parameter(pair, redacted))
        .collect(Collectors.joining("&"));
  }

  private String parameter(String pair, UnaryOperator<String> redacted) {
    var parts = pair.split("=", 2);
    if (parts.length < 2) {
      return redacted.apply(pair);
    }
    var isSecret = SecretNames.containParameter(decoded(parts[0].replace('+', ' ')).strip());
    return redacted.apply(parts[0])
        + "="
        + (isSecret ? secret(parts[1]) : redacted.apply(parts[1]));
  }

  /** Returns the body of a request. */
  String requestBody(String body) {
    return body(body, name -> SecretNames.contain(name) || SecretNames.isCode(name));
  }

  /** Returns the body of an answer. */
  String responseBody(String body) {
    return body(body, SecretNames::contain);
  }

  private String body(String body, Predicate<String> isSecret) {
    var looksLikeJson = body.stripLeading().matches("(?s)[\\[{\"].*");
    return text(
        looksLikeJson
            ? new JsonRedaction(body, isSecret, this::secret, this::text).redacted()
            : parameters(body, this::text));
  }

  /** Returns a text without the secrets that this object has replaced so far in other texts. */
  String withoutKnownSecrets(String text) {
    var redacted = text;
    for (var secret : longestFirst()) {
      redacted = redacted.replace(secret, REDACTED);
    }
    return redacted;
  }

  /** So that a secret that is the beginning of another one does not leave the end of that one. */
  private List<String> longestFirst() {
    return known.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  private String secret(String value) {
    remember(value);
    return value.isEmpty() ? "" : REDACTED;
  }

  private void remember(String secret) {
    for (var form : List.of(secret, decoded(secret), decoded(secret.replace('+', ' ')))) {
      if (form.length() >= KNOWN_SECRET_LENGTH_MIN && !form.contains(REDACTED)) {
        known.add(form);
      }
    }
  }

  /** Replaces the second group of a pattern, and keeps the first. */
  private String replaced(String text, Pattern pattern) {
    return pattern
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(match.group(1) + secret(match.group(2))));
  }

  /** Replaces the third group of a pattern if the first is the name of a secret. */
  private String replacedIf(String text, Pattern pattern, Predicate<String> isSecret) {
    return pattern
        .matcher(text)
        .replaceAll(match ->
            Matcher.quoteReplacement(
                isSecret.test(match.group(1)) ? assigned(match) : match.group()));
  }

  private String assigned(MatchResult match) {
    return match.group(1) + match.group(2) + secret(match.group(3));
  }

  /** Decodes every valid percent-encoded character, and leaves the rest as it is. */
  private static String decoded(String text) {
    return PERCENT_ENCODED
        .matcher(text)
        .replaceAll(match -> {
          var bytes = new ByteArrayOutputStream();
          bytes.writeBytes(HexFormat.of().parseHex(match.group().replace("%", "")));
          return Matcher.quoteReplacement(bytes.toString(UTF_8));
        });
  }
}
