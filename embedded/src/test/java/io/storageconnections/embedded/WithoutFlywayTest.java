package io.storageconnections.embedded;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A host without Flyway on its class path. */
final class WithoutFlywayTest {

  private final URLClassLoader host =
      new URLClassLoader(classPathWithoutFlyway(), ClassLoader.getPlatformClassLoader());

  private static URL[] classPathWithoutFlyway() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("flyway"))
        .map(WithoutFlywayTest::url)
        .toArray(URL[]::new);
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() throws Exception {
    host.close();
  }

  /** Builds a service on an empty database with classes of the host's class loader. */
  private void build(boolean migrate) throws Throwable {
    var dataSource = host.loadClass(JdbcDataSource.class.getName()).getConstructor().newInstance();
    dataSource.getClass().getMethod("setURL", String.class).invoke(dataSource, "jdbc:h2:mem:");
    var builder =
        host.loadClass(StorageConnectionsService.class.getName())
            .getMethod("builder", DataSource.class)
            .invoke(null, dataSource);
    builder.getClass().getMethod("migrate", boolean.class).invoke(builder, migrate);
    try {
      builder.getClass().getMethod("build").invoke(builder);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }

  @Test
  void with_migrations_the_message_names_the_artifact_to_add() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> build(true))
        .withMessageContaining("org.flywaydb:flyway-core");
  }

  @Test
  void without_migrations_the_service_is_built() {
    assertThatCode(() -> build(false)).doesNotThrowAnyException();
  }
}
