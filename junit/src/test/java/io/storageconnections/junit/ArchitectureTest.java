package io.storageconnections.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.storageconnections.architecture.HexagonRule;
import io.storageconnections.architecture.PublicApi;
import io.storageconnections.architecture.TechnologyRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the rules on all production classes. This module has all others on its class path. */
final class ArchitectureTest {

  private static final String ROOT = "io.storageconnections";

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          // The rules do not apply to themselves.
          .withImportOption(location -> !location.contains("io/storageconnections/architecture/"))
          .importPackages(ROOT);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "domain",
        "application",
        "adapter.auth",
        "adapter.connectors",
        "adapter.execution",
        "adapter.http",
        "adapter.metrics",
        "adapter.persistence",
        "adapter.platform",
        "embedded",
        "platform",
        "bootstrap",
        "junit",
        "spring"
      })
  void the_production_classes_come_from_every_module(String module) {
    assertThat(PRODUCTION).anyMatch(candidate -> isBelow(ROOT + "." + module, candidate));
  }

  @Test
  void the_production_classes_contain_no_tests() {
    assertThat(PRODUCTION)
        .noneMatch(candidate -> candidate.getName().endsWith("Test"))
        .noneMatch(candidate -> candidate.getName().endsWith("Contract"));
  }

  @ParameterizedTest
  @EnumSource
  void production_classes_keep(HexagonRule rule) {
    rule.forRoot(ROOT).allowEmptyShould(false).check(PRODUCTION);
  }

  @ParameterizedTest
  @EnumSource
  void production_classes_keep(TechnologyRule rule) {
    rule.forRoot(ROOT).allowEmptyShould(false).check(PRODUCTION);
  }

  /**
   * Shows that each rule can fail, without a planted class for each technology: for another root
   * package, the classes that may use a technology are in the wrong place.
   */
  @ParameterizedTest
  @EnumSource
  void a_technology_in_the_wrong_place_is_reported(TechnologyRule rule) {
    var details = rule.forRoot("elsewhere").evaluate(PRODUCTION).getFailureReport().getDetails();
    assertThat(details)
        .isNotEmpty()
        .allMatch(detail ->
            rule.places().stream()
                .anyMatch(place -> detail.contains("<" + ROOT + "." + place + ".")))
        .anyMatch(detail -> detail.contains("<" + ROOT + "." + rule.places().getFirst() + "."));
  }

  /** A release is compared with the last one; internal packages must not take part. */
  @Test
  void the_comparison_of_releases_excludes_the_internal_packages_only() throws IOException {
    var excluded =
        Pattern.compile("<exclude>([a-z.]+)</exclude>")
            .matcher(Files.readString(Path.of("../pom.xml")))
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(excluded).isNotEmpty();
    assertThat(PRODUCTION)
        .allSatisfy(candidate ->
            assertThat(excluded.stream().anyMatch(name -> isBelow(name, candidate)))
                .as("%s is excluded", candidate)
                .isEqualTo(PublicApi.isInternal(ROOT).test(candidate)));
  }

  private static boolean isBelow(String parent, JavaClass candidate) {
    return (candidate.getPackageName() + ".").startsWith(parent + ".");
  }
}
