package io.storageconnections.adapter.persistence;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks JDBC URLs before the first attempt to connect. Thread-safe. */
public final class JdbcUrl {

  private static final Pattern FORM =
      Pattern.compile("(?!jdbc:h2:mem:(;.*)?$)jdbc:(h2|postgresql):.+");

  /** Names of PostgreSQL's service files, which the driver also accepts in a URL. */
  private static final Set<String> SERVICE_NAMES = Set.of("host", "port", "dbname");

  private JdbcUrl() {}

  /**
   * Checks that a URL is one of H2 or PostgreSQL. For PostgreSQL, also checks that its driver knows
   * each parameter, because the driver ignores a misspelt one, such as {@code sslmod=verify-full}.
   * H2 itself rejects unknown settings when it connects.
   *
   * @param url a JDBC URL; for PostgreSQL, its driver must be on the class path
   * @throws IllegalArgumentException if the URL is not valid. The message is a predicate, such as
   *     "must be a JDBC URL ...", so that the caller can put the name of a setting before it. It
   *     does not contain the URL, which may contain a password
   */
  public static void check(String url) {
    if (!FORM.matcher(url).matches()) {
      throw new IllegalArgumentException(
          "must be a JDBC URL of H2 or PostgreSQL, such as jdbc:postgresql://host:5432/database or"
              + " jdbc:h2:mem:test; a database in memory needs a name");
    }
    if (url.startsWith("jdbc:postgresql:")) {
      checkParameters(url);
    }
  }

  /**
   * Tells whether a database is one of H2 in memory, which begins empty and ends with the process.
   *
   * @param url a JDBC URL
   * @return whether the database has no file
   */
  public static boolean isInMemory(String url) {
    return url.toLowerCase(Locale.ROOT).startsWith("jdbc:h2:mem:");
  }

  private static void checkParameters(String url) {
    var known = postgresqlParameters(url);
    int query = url.indexOf('?');
    if (query < 0) {
      return;
    }
    var unknown =
        Arrays.stream(url.substring(query + 1).split("&", -1))
            .map(parameter -> parameter.split("=", 2)[0])
            .filter(name -> !name.isEmpty() && !known.contains(name))
            .toList();
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "has parameters that the PostgreSQL driver does not know, and would ignore: "
              + String.join(", ", unknown)
              + "; correct or remove them");
    }
  }

  private static Set<String> postgresqlParameters(String url) {
    try {
      Driver driver = DriverManager.getDriver(url);
      return Stream.concat(
              SERVICE_NAMES.stream(),
              Arrays.stream(driver.getPropertyInfo(url, new Properties()))
                  .map(property -> property.name))
          .collect(Collectors.toUnmodifiableSet());
    } catch (SQLException refused) {
      // Without the cause, whose message may contain the URL.
      throw new IllegalArgumentException(
          "must be a URL that the PostgreSQL driver understands:"
              + " jdbc:postgresql://host:5432/database?parameter=value&...");
    }
  }
}
