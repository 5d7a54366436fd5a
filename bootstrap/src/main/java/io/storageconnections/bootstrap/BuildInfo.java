package io.storageconnections.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What the build knows about itself. It writes the file {@code build.properties} beside this class;
 * classes that were compiled in another way, or outside a Git repository, lack it or a part of it.
 */
record BuildInfo(String version, @Nullable String commit, @Nullable String commitTime) {

  private static final String UNKNOWN = "unknown";

  static BuildInfo read() {
    var properties = new Properties();
    try (var file = BuildInfo.class.getResourceAsStream("build.properties")) {
      if (file != null) {
        properties.load(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return of(properties);
  }

  static BuildInfo of(Properties properties) {
    var ofJar = BuildInfo.class.getPackage().getImplementationVersion();
    return new BuildInfo(
        ofJar == null ? properties.getProperty("git.build.version", UNKNOWN) : ofJar,
        properties.getProperty("git.commit.id"),
        properties.getProperty("git.commit.time"));
  }
}
