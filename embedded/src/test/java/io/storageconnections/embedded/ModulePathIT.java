package io.storageconnections.embedded;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The jars as modules. {@code examples/modules} is a host that is a module of the Java platform and
 * has them on its module path.
 */
final class ModulePathIT {

  private static final Path JAR = Path.of(System.getProperty("jar.file"));

  /** The folder of the jars that the artifact brings. */
  private static final Path DEPENDENCIES = Path.of(System.getProperty("modules.folder"));

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
            "io.storageconnections.adapter.execution",
            "io.storageconnections.adapter.persistence",
            "io.storageconnections.embedded");
  }

  @Test
  void domain_and_application_export_their_public_api() {
    assertThat(exports("io.storageconnections.domain"))
        .containsExactly(
            "io.storageconnections.domain.audit",
            "io.storageconnections.domain.connection",
            "io.storageconnections.domain.run");
    assertThat(exports("io.storageconnections.application"))
        .containsExactly(
            "io.storageconnections.application",
            "io.storageconnections.application.audit",
            "io.storageconnections.application.authorization",
            "io.storageconnections.application.connection",
            "io.storageconnections.application.connectortype",
            "io.storageconnections.application.outcome",
            "io.storageconnections.application.port",
            "io.storageconnections.application.readiness",
            "io.storageconnections.application.run",
            "io.storageconnections.application.sourcefile",
            "io.storageconnections.application.validation");
  }

  private static List<String> exports(String name) {
    var module = requireNonNull(projectModules().get(name));
    assertThat(module.isAutomatic()).isFalse();
    return module.exports().stream().map(Exports::source).sorted().toList();
  }
}
