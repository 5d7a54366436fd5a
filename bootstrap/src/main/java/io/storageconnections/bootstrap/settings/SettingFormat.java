package io.storageconnections.bootstrap.settings;

import io.storageconnections.adapter.auth.IssuerUrl;
import io.storageconnections.adapter.connectors.CommandConnector;
import io.storageconnections.adapter.connectors.CommandConnectorBuilder;
import io.storageconnections.adapter.execution.RunEngineBuilder;
import io.storageconnections.adapter.http.ConsoleOrigin;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.persistence.Database;
import io.storageconnections.adapter.persistence.JdbcUrl;
import io.storageconnections.adapter.platform.PlatformDirectoryBuilder;
import io.storageconnections.adapter.platform.PlatformUrl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The format of a setting's value. */
@FunctionalInterface
interface SettingFormat {

  /** Any text. */
  SettingFormat ANY = text -> {};

  /** An address of this machine or a name of one, as a URL can contain it. */
  SettingFormat HOST =
      parsedBy(
          SettingFormat::resolve,
          "must be an address or a name of this machine; an address has four numbers, or is of IPv6"
              + " and without brackets");

  /** A TCP port, or 0. */
  SettingFormat PORT =
      matching(
          "0|[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]",
          "must be a port from 0 to 65535, where 0 is any free one");

  /** The base URL of links. */
  SettingFormat BASE_URL =
      parsedBy(
          BaseUrl::parse,
          "must be an http or https URL without path, query or fragment, because clients split"
              + " links by position");

  /** A folder whose name a JDBC URL of H2 can contain. */
  SettingFormat FOLDER = matching("[^;]+", "must be a folder whose name has no semicolon");

  /** The JDBC URL of a database that the server supports. */
  SettingFormat DATABASE_URL = JdbcUrl::check;

  /** The size of a connection pool. */
  SettingFormat POOL_SIZE =
      parsedBy(
          SettingFormat::checkPoolSize,
          "must be a whole number from "
              + Database.CONNECTIONS_MIN
              + " to 999; migrations take two connections at once");

  /** A duration. */
  SettingFormat DURATION = DurationSetting::parse;

  /** A time limit of a connector. */
  SettingFormat CONNECTOR_DURATION =
      parsedBy(
          SettingFormat::checkConnectorDuration,
          "must be a duration of at most 8760h: a whole number and ms, s, m or h, such as 10m");

  /** True or false. */
  SettingFormat BOOLEAN = matching("true|false", "must be true or false");

  /** The URL of an OpenID Connect issuer. */
  SettingFormat ISSUER_URL = SettingFormat::checkIssuerUrl;

  /** A limit; 0 means no limit. */
  SettingFormat LIMIT = matching("0|[1-9][0-9]{0,8}", "must be a whole number, 0 for no limit");

  /** The number of workers, or 0. */
  SettingFormat WORKERS =
      matching("0|[1-9][0-9]{0,2}", "must be a whole number from 0 to 999, 0 to execute no runs");

  /** A number of attempts. */
  SettingFormat ATTEMPTS = matching("[1-9][0-9]?", "must be a whole number from 1 to 99");

  /** After how many missing heartbeats a node counts as dead. */
  SettingFormat MISSED_HEARTBEATS =
      parsedBy(
          SettingFormat::checkMissedHeartbeats,
          "must be a whole number from " + RunEngineBuilder.MISSED_HEARTBEATS_MIN + " to 99");

  /** The scope within which one run is live. */
  SettingFormat EXCLUSIVITY = matching("imodel|connection", "must be imodel or connection");

  /** A number of runs to keep. */
  SettingFormat KEPT_RUNS = matching("[1-9][0-9]{0,5}", "must be a whole number from 1 to 999999");

  /** The connector of types without one of their own. */
  SettingFormat DEFAULT_CONNECTOR = matching("simulator|none", "must be simulator or none");

  /** A command: a JSON array of strings. */
  SettingFormat COMMAND = CommandConnector::parseCommand;

  /** A number of bytes. */
  SettingFormat BYTES =
      matching(
          "[1-9][0-9]{0,5}(KiB|MiB|GiB)",
          "must be a whole number from 1 to 999999 and KiB, MiB or GiB, such as 10GiB");

  /** Names of environment variables. */
  SettingFormat VARIABLE_NAMES =
      matching(
          "[A-Za-z_][A-Za-z0-9_]*(,[A-Za-z_][A-Za-z0-9_]*)*",
          "must be names of environment variables, separated by commas");

  /** Names of scopes or roles. */
  SettingFormat CLAIM_NAMES =
      matching(
          "[^\\s,]+(,[^\\s,]+)*",
          "must be names of scopes or roles, separated by commas and without white space");

  /** Origins that a web page may call. */
  SettingFormat ORIGINS =
      parsedBy(
          SettingFormat::checkOrigins,
          "must be origins such as https://uploads.example.org, separated by commas: each https, or"
              + " http on a loopback address, and without a path");

  /** The name of a directory of iModels. */
  SettingFormat IMODEL_DIRECTORY = matching("open|own|platform", "must be open, own or platform");

  /** The name of a format of the log. */
  SettingFormat LOG_FORMAT = matching("text|json", "must be text or json");

  /** The name of a level of the log. */
  SettingFormat LOG_LEVEL = matching("error|warn|info|debug", "must be error, warn, info or debug");

  /** The base URL of an iTwin Platform. */
  SettingFormat PLATFORM_URL = SettingFormat::checkPlatformUrl;

  /** The time for which an answer is cached, or 0. */
  SettingFormat CACHE_DURATION =
      parsedBy(
          SettingFormat::checkCacheDuration,
          "must be 0 or a duration of at most 1h: a whole number and ms, s, m or h, such as 10s");

  /**
   * Checks a text that has at least one visible character.
   *
   * @throws IllegalArgumentException if the text does not have this format; the message is worded
   *     to follow the setting's name, and does not repeat the text
   */
  void check(String text);

  private static SettingFormat matching(String expression, String message) {
    var pattern = Pattern.compile(expression);
    return text -> {
      if (!pattern.matcher(text).matches()) {
        throw new IllegalArgumentException(message);
      }
    };
  }

  /** For a parser whose messages repeat the text, which may contain a secret. */
  private static SettingFormat parsedBy(Consumer<String> parser, String message) {
    return text -> {
      try {
        parser.accept(text);
      } catch (IllegalArgumentException refused) {
        throw new IllegalArgumentException(message);
      }
    };
  }

  /** The messages of {@link IssuerUrl#parse} give the reason and never repeat the text. */
  private static void checkIssuerUrl(String text) {
    try {
      IssuerUrl.parse(text);
    } catch (IllegalArgumentException refused) {
      throw new IllegalArgumentException(
          "must be the URL of an OpenID Connect issuer; " + refused.getMessage());
    }
  }

  /** The messages of {@link PlatformUrl#parse} give the reason and never repeat the text. */
  private static void checkPlatformUrl(String text) {
    try {
      PlatformUrl.parse(text);
    } catch (IllegalArgumentException refused) {
      throw new IllegalArgumentException(
          "must be the base URL of an iTwin Platform; " + refused.getMessage());
    }
  }

  private static void checkCacheDuration(String text) {
    if (!text.equals("0")
        && DurationSetting.parse(text).compareTo(PlatformDirectoryBuilder.CACHE_MAX) > 0) {
      throw new IllegalArgumentException("too long");
    }
  }

  private static void checkConnectorDuration(String text) {
    if (DurationSetting.parse(text).compareTo(CommandConnectorBuilder.TIME_MAX) > 0) {
      throw new IllegalArgumentException("too long");
    }
  }

  private static void checkMissedHeartbeats(String text) {
    if (!text.matches("[1-9][0-9]?")
        || Integer.parseInt(text) < RunEngineBuilder.MISSED_HEARTBEATS_MIN) {
      throw new IllegalArgumentException("not a number of heartbeats");
    }
  }

  private static void checkOrigins(String text) {
    for (var origin : text.split(",", -1)) {
      ConsoleOrigin.parse(origin);
    }
  }

  private static void checkPoolSize(String text) {
    if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) < Database.CONNECTIONS_MIN) {
      throw new IllegalArgumentException("not a size of a pool");
    }
  }

  private static void resolve(String host) {
    // Java also accepts "1", "127.1" and "0127.0.0.1" as addresses.
    if (host.matches("[0-9.]*") && !host.matches("(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*)){3}")) {
      throw new IllegalArgumentException("not four numbers");
    }
    BaseUrl.ofHttp(host, 1);
    try {
      InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("unknown host", e);
    }
  }
}
