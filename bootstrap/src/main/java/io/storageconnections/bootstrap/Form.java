package io.storageconnections.bootstrap;

import io.storageconnections.adapter.auth.IssuerUrl;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.persistence.JdbcUrl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What the text of a setting must look like. */
@FunctionalInterface
interface Form {

  /** Any text. */
  Form ANY = text -> {};

  /** An address of this machine or a name of one, as it can stand in a URL. */
  Form HOST =
      parsedBy(
          Form::resolve,
          "must be an address or a name of this machine; an address has four numbers, or is of IPv6"
              + " and without brackets");

  /** A TCP port, or 0. */
  Form PORT =
      matching(
          "0|[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]",
          "must be a port from 0 to 65535, where 0 is any free one");

  /** The base of links. */
  Form BASE_URL =
      parsedBy(
          BaseUrl::parse,
          "must be an http or https URL without path, query or fragment, because clients split"
              + " links by position");

  /** A folder that can stand in a JDBC URL of H2. */
  Form FOLDER = matching("[^;]+", "must be a folder whose name has no semicolon");

  /** The URL of a database that the server knows. */
  Form DATABASE = JdbcUrl::check;

  /** The size of a connection pool. */
  Form POOL_SIZE =
      matching(
          "[2-9]|[1-9][0-9]{1,2}",
          "must be a whole number from 2 to 999; migrations take two connections at once");

  /** A duration. */
  Form DURATION = DurationSetting::parse;

  /** Yes or no. */
  Form BOOLEAN = matching("true|false", "must be true or false");

  /** The URL of an OpenID Connect issuer. */
  Form ISSUER =
      parsedBy(
          IssuerUrl::parse,
          "must be an https URL without query or fragment; http only on a loopback address");

  /** A limit that 0 turns off. */
  Form LIMIT = matching("0|[1-9][0-9]{0,8}", "must be a whole number, 0 for no limit");

  /** The name of an iModel directory. */
  Form DIRECTORY = matching("open", "must be open, which is the only directory there is");

  /**
   * Judges a text that has at least one visible character.
   *
   * @throws IllegalArgumentException if the text does not have this form; the message follows the
   *     name of a setting and does not repeat the text
   */
  void check(String text);

  private static Form matching(String expression, String message) {
    var pattern = Pattern.compile(expression);
    return text -> {
      if (!pattern.matcher(text).matches()) {
        throw new IllegalArgumentException(message);
      }
    };
  }

  private static Form parsedBy(Consumer<String> parser, String message) {
    return text -> {
      try {
        parser.accept(text);
      } catch (IllegalArgumentException refused) {
        // Without the cause, which may repeat a secret.
        throw new IllegalArgumentException(message);
      }
    };
  }

  private static void resolve(String host) {
    // Java also takes "1", "127.1" and "0127.0.0.1" for addresses.
    if (host.matches("[0-9.]*") && !host.matches("(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*)){3}")) {
      throw new IllegalArgumentException("not four numbers");
    }
    BaseUrl.ofHttp(host, 1);
    try {
      InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("no address is known", e);
    }
  }
}
