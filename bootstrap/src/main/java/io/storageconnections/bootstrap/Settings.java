package io.storageconnections.bootstrap;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.storageconnections.adapter.auth.DevelopmentIssuer;
import io.storageconnections.adapter.auth.IssuerUrl;
import io.storageconnections.adapter.http.BaseUrl;
import io.storageconnections.adapter.persistence.Database;
import io.storageconnections.application.validation.Parses;
import io.storageconnections.domain.connection.Limits;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * How a server is to be run, as it was said: texts, with constraints that say what a valid one is.
 * The text form leaves secrets out.
 */
record Settings(
    String httpHost,
    @Pattern(regexp = "[0-9]{1,9}", message = PORT) @Max(value = 65535, message = PORT)
        String httpPort,
    @Parses(value = BaseUrl.class, message = BASE_URL) @Nullable String publicUrl,
    @Parses(value = BaseUrl.class, message = BASE_URL) @Nullable String apiUrl,
    String dataFolder,
    @Pattern(regexp = "(?!jdbc:h2:mem:(;.*)?$)jdbc:.+", message = DATABASE)
        @Nullable String databaseUrl,
    @Nullable String databaseUser,
    @Nullable String databasePassword,
    @Pattern(
            regexp = "[2-9]|[1-9][0-9]{1,2}",
            message = "must be a whole number from 2 to 999; migrations take two at once")
        String databasePoolSize,
    @Pattern(regexp = "true|false", message = "must be true or false") String databaseMigrate,
    @Parses(value = IssuerUrl.class, message = ISSUER) @Nullable String authIssuer,
    @Nullable String authAudience,
    @Pattern(regexp = "[0-9]{1,9}", message = LIMIT) String rateLimitRequestsPerMinute,
    @Pattern(regexp = "open", message = "must be open, which is the only directory there is")
        String imodelsDirectory,
    @Pattern(regexp = "[0-9]{1,9}", message = LIMIT) String limitsConnectionsPerImodel,
    @Pattern(regexp = "[0-9]{1,9}", message = LIMIT) String limitsFilesPerImodel) {

  private static final String PORT = "must be a port from 0 to 65535, where 0 is any free one";
  private static final String BASE_URL =
      "must be an http or https URL without path, query or fragment, because clients split links by"
          + " position";
  private static final String DATABASE =
      "must be a JDBC URL, such as jdbc:h2:mem:test; a database in memory needs a name";
  private static final String LIMIT = "must be a whole number, 0 for no limit";
  private static final String ISSUER =
      "must be an https URL without query or fragment; http only on a loopback address";

  /**
   * Reads the environment and, beneath it, a file.
   *
   * @throws SettingsException if anything is wrong with them; names all that is
   */
  static Settings read(Map<String, String> environment, @Nullable Path file, Validator validator) {
    var config = config(environment, file);
    var settings =
        new Settings(
            Setting.HTTP_HOST.in(config).orElse("127.0.0.1"),
            Setting.HTTP_PORT.in(config).orElse("8080"),
            Setting.PUBLIC_URL.in(config).orElse(null),
            Setting.API_URL.in(config).orElse(null),
            Setting.DATA_FOLDER.in(config).orElse("data"),
            Setting.DATABASE_URL.in(config).orElse(null),
            Setting.DATABASE_USER.in(config).orElse(null),
            Setting.DATABASE_PASSWORD.in(config).orElse(null),
            Setting.DATABASE_POOL_SIZE.in(config).orElse("" + Database.CONNECTIONS_DEFAULT),
            Setting.DATABASE_MIGRATE.in(config).orElse("true"),
            Setting.AUTH_ISSUER.in(config).orElse(null),
            Setting.AUTH_AUDIENCE.in(config).orElse(null),
            Setting.RATE_LIMIT_REQUESTS_PER_MINUTE.in(config).orElse("5000"),
            Setting.IMODELS_DIRECTORY.in(config).orElse("open"),
            Setting.LIMITS_CONNECTIONS_PER_IMODEL.in(config).orElse("0"),
            Setting.LIMITS_FILES_PER_IMODEL.in(config).orElse("0"));
    var problems =
        Stream.concat(unknown(environment, config), wrong(settings, config, validator)).toList();
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return settings;
  }

  private static SmallRyeConfig config(Map<String, String> environment, @Nullable Path file) {
    // Without the default interceptors, which would expand ${...} within a password.
    var builder = new SmallRyeConfigBuilder().withSources(new EnvConfigSource(environment, 300));
    if (file != null) {
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw new SettingsException(List.of("--config: there is no file " + file + " to read"));
      }
      try {
        builder.withSources(new PropertiesConfigSource(file.toUri().toURL(), 100));
      } catch (IOException | IllegalArgumentException e) {
        throw new SettingsException(
            List.of("--config: " + file + " is not a properties file: " + e.getMessage()));
      }
    }
    return builder.build();
  }

  private static Stream<String> unknown(Map<String, String> environment, SmallRyeConfig config) {
    // A source tells the environment's names in other spellings too: those it got are enough.
    var inFiles =
        StreamSupport.stream(config.getConfigSources().spliterator(), false)
            .filter(source -> !(source instanceof EnvConfigSource))
            .flatMap(source -> source.getPropertyNames().stream());
    return Stream.concat(environment.keySet().stream(), inFiles)
        .filter(Setting::isUnknown)
        .distinct()
        .sorted()
        .map(name -> name + " is not a setting");
  }

  private static Stream<String> wrong(
      Settings settings, SmallRyeConfig config, Validator validator) {
    return validator.validate(settings).stream()
        .sorted(
            Comparator.comparingInt(Settings::order).thenComparing(ConstraintViolation::getMessage))
        .map(violation -> problem(violation, config))
        .distinct();
  }

  private static int order(ConstraintViolation<Settings> violation) {
    return setting(violation.getPropertyPath().toString())
        .map(Setting::ordinal)
        .findFirst()
        .orElse(Integer.MAX_VALUE);
  }

  private static Stream<Setting> setting(String component) {
    return Arrays.stream(Setting.values()).filter(setting -> setting.component().equals(component));
  }

  private static String problem(ConstraintViolation<Settings> violation, SmallRyeConfig config) {
    return setting(violation.getPropertyPath().toString())
        .findFirst()
        .map(setting ->
            setting.variable()
                + " "
                + violation.getMessage()
                + setting.in(config).filter(setting::isTellable).map("; it is "::concat).orElse(""))
        .orElse(violation.getMessage());
  }

  /** Everybody could give themselves a token. */
  @AssertTrue(
      message =
          "STORAGE_CONNECTIONS_HTTP_HOST must be a loopback address unless"
              + " STORAGE_CONNECTIONS_AUTH_ISSUER is set: the development issuer gives everybody a"
              + " token")
  boolean isDevelopmentIssuerOnLoopback() {
    return !hasDevelopmentIssuer() || isOnLoopback();
  }

  /** Every iModel of everybody would be open to everybody. */
  @AssertTrue(
      message =
          "STORAGE_CONNECTIONS_HTTP_HOST must be a loopback address while"
              + " STORAGE_CONNECTIONS_IMODELS_DIRECTORY is open: every iModel is everybody's")
  boolean isOpenDirectoryOnLoopback() {
    return !imodelsDirectory.equals("open") || isOnLoopback();
  }

  /** Whether nobody else issues tokens. */
  boolean hasDevelopmentIssuer() {
    return authIssuer == null;
  }

  /** A name that leads nowhere cannot be listened at. */
  @AssertTrue(message = "STORAGE_CONNECTIONS_HTTP_HOST must be an address, or a name of one")
  boolean isHostKnown() {
    return addressOfHost().isPresent();
  }

  private boolean isOnLoopback() {
    return addressOfHost().map(InetAddress::isLoopbackAddress).orElse(true);
  }

  private Optional<InetAddress> addressOfHost() {
    try {
      return Optional.of(InetAddress.getByName(httpHost));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  int port() {
    return Integer.parseInt(httpPort);
  }

  int poolSize() {
    return Integer.parseInt(databasePoolSize);
  }

  /** The server that is to be run so. */
  SynchronizationServer.Builder server() {
    var server =
        SynchronizationServer.builder()
            .host(httpHost)
            .port(port())
            .database(databaseUrlOrDefault(), databaseUser, databasePassword, poolSize())
            .migrate(Boolean.parseBoolean(databaseMigrate))
            .developmentKeyIn(data())
            .limits(limits())
            .requestsPerMinute(Integer.parseInt(rateLimitRequestsPerMinute));
    // What was not said is left to the server.
    if (publicUrl != null) {
      server.publicUrl(URI.create(publicUrl));
    }
    if (apiUrl != null) {
      server.apiUrl(URI.create(apiUrl));
    }
    if (authIssuer != null) {
      server.issuer(URI.create(authIssuer));
    }
    if (authAudience != null) {
      server.audience(authAudience);
    }
    return server;
  }

  /** The database that is to be used. */
  Database database() {
    return Database.open(databaseUrlOrDefault(), databaseUser, databasePassword, poolSize());
  }

  /** The issuer of a server with these settings, which need not be running. */
  DevelopmentIssuer developmentIssuer(Clock clock) {
    var url = publicUrl == null ? BaseUrl.ofHttp(httpHost, port()) : BaseUrl.parse(publicUrl);
    return DevelopmentIssuer.keptIn(data(), URI.create(url.toString()), authAudience, clock);
  }

  Limits limits() {
    return new Limits(
        Integer.parseInt(limitsConnectionsPerImodel), Integer.parseInt(limitsFilesPerImodel));
  }

  private Path data() {
    return Path.of(dataFolder).toAbsolutePath();
  }

  String databaseUrlOrDefault() {
    return databaseUrl == null
        ? "jdbc:h2:file:" + data().resolve("storage-connections")
        : databaseUrl;
  }

  @Override
  public String toString() {
    return "Settings[httpHost=" + httpHost + ", httpPort=" + httpPort + "]";
  }
}
