package io.storageconnections.adapter.persistence;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges JDBC URLs before a connection is tried. */
public final class JdbcUrl {

  private static final Pattern FORM =
      Pattern.compile("(?!jdbc:h2:mem:(;.*)?$)jdbc:(h2|postgresql):.+");

  /** The names in PostgreSQL's service files, which its driver takes in a URL as well. */
  private static final Set<String> SERVICE_NAMES = Set.of("host", "port", "dbname");

  private JdbcUrl() {}

  /**
   * Checks that a URL is one of H2 or PostgreSQL and, for PostgreSQL, that its driver knows each
   * parameter: the driver ignores a misspelt one, such as {@code sslmod=verify-full}. H2 refuses
   * what it does not know by itself, when it connects.
   *
   * @param url a JDBC URL; the drivers of H2 and PostgreSQL are on the class path
   * @throws IllegalArgumentException if the URL is not usable; the message says why, worded to
   *     follow a noun, and does not repeat the URL, which may hold a password
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

  private static void checkParameters(String url) {
    var known = parametersOfPostgresql(url);
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

  private static Set<String> parametersOfPostgresql(String url) {
    try {
      Driver driver = DriverManager.getDriver(url);
      return Stream.concat(
              SERVICE_NAMES.stream(),
              Arrays.stream(driver.getPropertyInfo(url, new Properties()))
                  .map(property -> property.name))
          .collect(Collectors.toUnmodifiableSet());
    } catch (SQLException refused) {
      // Without the cause, which may repeat the URL.
      throw new IllegalArgumentException(
          "must be a URL that the PostgreSQL driver understands:"
              + " jdbc:postgresql://host:5432/database?parameter=value&...");
    }
  }
}
