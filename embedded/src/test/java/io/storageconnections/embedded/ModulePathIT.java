package io.storageconnections.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jars on the module path of a host that is a module of the Java platform. */
final class ModulePathIT {

  private static final Path SOURCES = Path.of("src/test/modules/com.example.host");

  private static final Path JAR = Path.of(System.getProperty("jar.file"));

  /** The folder of the jars that the artifact brings. */
  private static final Path DEPENDENCIES = Path.of(System.getProperty("modules.folder"));

  private static final String JARS = DEPENDENCIES + File.pathSeparator + JAR;

  @TempDir private Path classes;

  private static Map<String, ModuleDescriptor> projectModules() {
    return ModuleFinder.of(DEPENDENCIES, JAR).findAll().stream()
        .map(ModuleReference::descriptor)
        .filter(module -> module.name().startsWith("io.storageconnections."))
        .collect(toMap(ModuleDescriptor::name, module -> module));
  }

  @Test
  void every_jar_has_a_module_name() {
    assertThat(projectModules())
        .containsOnlyKeys(
            "io.storageconnections.domain",
            "io.storageconnections.application",
            "io.storageconnections.adapter.persistence",
            "io.storageconnections.embedded");
  }

  @Test
  void domain_and_application_export_their_public_api() {
    assertThat(exports("io.storageconnections.domain"))
        .containsExactly("io.storageconnections.domain.connection");
    assertThat(exports("io.storageconnections.application"))
        .containsExactly(
            "io.storageconnections.application",
            "io.storageconnections.application.authorization",
            "io.storageconnections.application.connection",
            "io.storageconnections.application.connectortype",
            "io.storageconnections.application.outcome",
            "io.storageconnections.application.port",
            "io.storageconnections.application.readiness",
            "io.storageconnections.application.sourcefile",
            "io.storageconnections.application.validation");
  }

  private static List<String> exports(String name) {
    var module = requireNonNull(projectModules().get(name));
    assertThat(module.isAutomatic()).isFalse();
    return module.exports().stream().map(Exports::source).sorted().toList();
  }

  @Test
  void a_host_that_is_a_module_can_call_the_use_cases() throws Exception {
    compileHost();
    assertThat(outputOfHost())
        .contains("created in 7dbd531d-6967-47b2-8945-a722a437ad7a")
        .contains("invalid: sourceFiles[0].connectorType");
  }

  private void compileHost() {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var messages = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, UTF_8)) {
      var sources =
          files.getJavaFileObjects(
              SOURCES.resolve("module-info.java"), SOURCES.resolve("com/example/host/Host.java"));
      var options =
          List.of("--module-path", JARS, "-d", classes.toString(), "-Xlint:all,-classfile,-path");
      assertThat(compiler.getTask(messages, files, null, options, null, sources).call())
          .as(messages.toString())
          .isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String outputOfHost() throws Exception {
    var host =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                classes + File.pathSeparator + JARS,
                "--add-modules",
                "ALL-MODULE-PATH",
                "--module",
                "com.example.host/com.example.host.Host")
            .redirectErrorStream(true)
            .start();
    host.getOutputStream().close();
    return new String(host.getInputStream().readAllBytes(), UTF_8);
  }
}
