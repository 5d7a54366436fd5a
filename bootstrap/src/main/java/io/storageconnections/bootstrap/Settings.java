package io.storageconnections.bootstrap;

import io.storageconnections.adapter.auth.DevelopmentIssuer;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.persistence.Database;
import io.storageconnections.domain.connection.Limits;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a server is to be run: valid texts for {@link Setting settings}, and what follows from them.
 * The text form leaves secrets out.
 */
final class Settings {

  private final Map<Setting, String> texts;

  /** Takes texts without judging them, which {@link SettingsReader} does. */
  Settings(Map<Setting, String> texts) {
    this.texts = new EnumMap<>(Setting.class);
    this.texts.putAll(texts);
  }

  /**
   * Reads the environment and, beneath it, a file.
   *
   * @param environment the variables of the process
   * @param systemProperties the names of Java's system properties, of which none is a setting
   * @param file a properties file; null if there is none
   * @throws SettingsException if anything is wrong with them; names everything that is
   */
  static Settings read(
      Map<String, String> environment, Set<String> systemProperties, @Nullable Path file) {
    return new SettingsReader().read(environment, systemProperties, file);
  }

  /** The text of a setting, or its default; null if it is absent and no text is its default. */
  @Nullable String text(Setting setting) {
    return texts.getOrDefault(setting, setting.defaultText());
  }

  private String textOrDefault(Setting setting) {
    return Objects.requireNonNull(text(setting), setting.name());
  }

  private int number(Setting setting) {
    return Integer.parseInt(textOrDefault(setting));
  }

  /** What settings that are valid by themselves may not say together. */
  List<String> contradictions() {
    var contradictions = new ArrayList<String>();
    if (!isOnLoopback()) {
      if (hasDevelopmentIssuer()) {
        contradictions.add(
            "STORAGE_CONNECTIONS_HTTP_HOST must be a loopback address unless"
                + " STORAGE_CONNECTIONS_AUTH_ISSUER is set: the development issuer gives a token"
                + " to every caller");
      }
      if (textOrDefault(Setting.IMODELS_DIRECTORY).equals("open")) {
        contradictions.add(
            "STORAGE_CONNECTIONS_HTTP_HOST must be a loopback address while"
                + " STORAGE_CONNECTIONS_IMODELS_DIRECTORY is open: every caller may use every"
                + " iModel");
      }
    }
    return contradictions;
  }

  /** Also true of what is not a host at all, which the form of the setting refuses. */
  private boolean isOnLoopback() {
    var host = textOrDefault(Setting.HTTP_HOST);
    try {
      return Setting.HTTP_HOST.fault(host) != null
          || InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return true;
    }
  }

  /** Whether the server issues the tokens that it accepts. */
  boolean hasDevelopmentIssuer() {
    return text(Setting.AUTH_ISSUER) == null;
  }

  /** Whether links and tokens depend on a port that is not known before the server listens. */
  boolean isUrlUnknown() {
    return number(Setting.HTTP_PORT) == 0 && text(Setting.PUBLIC_URL) == null;
  }

  /**
   * Begins a server with these settings.
   *
   * @throws java.io.UncheckedIOException if it needs the data folder and cannot write there
   */
  SynchronizationServer.Builder server() {
    if (hasDevelopmentIssuer()) {
      DataFolder.prepare(data());
    }
    var server =
        SynchronizationServer.builder()
            .host(textOrDefault(Setting.HTTP_HOST))
            .port(number(Setting.HTTP_PORT))
            .idleTimeout(DurationSetting.parse(textOrDefault(Setting.HTTP_IDLE_TIMEOUT)))
            .database(
                preparedDatabaseUrl(),
                text(Setting.DATABASE_USER),
                text(Setting.DATABASE_PASSWORD),
                number(Setting.DATABASE_POOL_SIZE))
            .migrate(Boolean.parseBoolean(textOrDefault(Setting.DATABASE_MIGRATE)))
            .developmentKeyIn(data())
            .limits(limits())
            .requestsPerMinute(number(Setting.RATE_LIMIT_REQUESTS_PER_MINUTE));
    var publicUrl = text(Setting.PUBLIC_URL);
    if (publicUrl != null) {
      server.publicUrl(URI.create(publicUrl));
    }
    var apiUrl = text(Setting.API_URL);
    if (apiUrl != null) {
      server.apiUrl(URI.create(apiUrl));
    }
    var issuer = text(Setting.AUTH_ISSUER);
    if (issuer != null) {
      server.issuer(URI.create(issuer));
    }
    var audience = text(Setting.AUTH_AUDIENCE);
    if (audience != null) {
      server.audience(audience);
    }
    return server;
  }

  /**
   * Opens the database that is to be used.
   *
   * @throws java.io.UncheckedIOException if it is in the data folder, and the server cannot write
   *     there
   */
  Database database() {
    return Database.open(
        preparedDatabaseUrl(),
        text(Setting.DATABASE_USER),
        text(Setting.DATABASE_PASSWORD),
        number(Setting.DATABASE_POOL_SIZE));
  }

  private String preparedDatabaseUrl() {
    if (text(Setting.DATABASE_URL) == null) {
      DataFolder.prepare(data());
    }
    return databaseUrl();
  }

  /** The URL of the database, which is in the data folder if no other is set. */
  String databaseUrl() {
    var url = text(Setting.DATABASE_URL);
    return url == null ? "jdbc:h2:file:" + data().resolve("storage-connections") : url;
  }

  /**
   * The issuer of a server with these settings, which need not be running.
   *
   * @throws java.io.UncheckedIOException if the server cannot write to the data folder
   */
  DevelopmentIssuer developmentIssuer(Clock clock) {
    var publicUrl = text(Setting.PUBLIC_URL);
    var url =
        publicUrl == null
            ? BaseUrl.ofHttp(textOrDefault(Setting.HTTP_HOST), number(Setting.HTTP_PORT))
            : BaseUrl.parse(publicUrl);
    DataFolder.prepare(data());
    return DevelopmentIssuer.withKeyIn(
        data(), URI.create(url.toString()), text(Setting.AUTH_AUDIENCE), clock);
  }

  Limits limits() {
    return new Limits(
        number(Setting.LIMITS_CONNECTIONS_PER_IMODEL), number(Setting.LIMITS_FILES_PER_IMODEL));
  }

  private Path data() {
    return Path.of(textOrDefault(Setting.DATA_FOLDER)).toAbsolutePath();
  }

  @Override
  public String toString() {
    return "Settings[httpHost="
        + text(Setting.HTTP_HOST)
        + ", httpPort="
        + text(Setting.HTTP_PORT)
        + "]";
  }
}
