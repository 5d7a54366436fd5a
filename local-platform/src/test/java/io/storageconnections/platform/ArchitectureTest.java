package io.storageconnections.platform;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.onionArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.storageconnections.architecture.HexagonRule;
import io.storageconnections.architecture.TechnologyRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Checks the rings of the local platform. */
final class ArchitectureTest {

  private static final String ROOT = "io.storageconnections";
  private static final String PLATFORM = ROOT + ".platform";

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(PLATFORM);

  /** The rule of the whole project's rings needs the classes of all modules. */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "DEPENDENCIES_POINT_INWARDS")
  void the_classes_keep(HexagonRule rule) {
    rule.forRoot(ROOT).allowEmptyShould(true).check(PRODUCTION);
  }

  @ParameterizedTest
  @EnumSource
  void the_classes_keep(TechnologyRule rule) {
    rule.forRoot(ROOT).allowEmptyShould(true).check(PRODUCTION);
  }

  /** The rules of the project's domain and application that hold for these, too. */
  @ParameterizedTest
  @EnumSource(
      names = {
        "HEXAGON_IS_DETERMINISTIC",
        "HEXAGON_HAS_NO_MUTABLE_STATIC_STATE",
        "USE_CASES_ARE_CALLED_THROUGH_THEIR_PORTS"
      })
  void domain_and_application_keep(HexagonRule rule) {
    rule.forRoot(PLATFORM).check(PRODUCTION);
  }

  @Test
  void dependencies_point_inwards() {
    onionArchitecture()
        .domainModels(PLATFORM + ".domain..")
        .domainServices(
            PLATFORM + ".application.port..",
            PLATFORM + ".application.outcome..",
            PLATFORM + ".application.validation..")
        .applicationServices(
            PLATFORM + ".application.access..",
            PLATFORM + ".application.deletion..",
            PLATFORM + ".application.imodel..",
            PLATFORM + ".application.itwin..",
            PLATFORM + ".application.member..",
            PLATFORM + ".application.seed..",
            PLATFORM + ".application.storage..")
        .adapter("blob", PLATFORM + ".blob..")
        .adapter("http", PLATFORM + ".http..")
        .adapter("persistence", PLATFORM + ".persistence..")
        .adapter("directory", PLATFORM + ".directory..")
        .adapter("seed", PLATFORM + ".seed..")
        .withOptionalLayers(true)
        .ignoreDependency(resideInAPackage(PLATFORM), resideInAPackage(PLATFORM + ".."))
        .check(PRODUCTION);
  }

  @Test
  void the_domain_uses_plain_Java_and_the_ids_of_the_project() {
    classes()
        .that()
        .resideInAPackage(PLATFORM + ".domain..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java.lang..",
            "java.util..",
            "java.time..",
            "java.nio..",
            "org.jspecify..",
            ROOT + ".domain..",
            PLATFORM + ".domain..")
        .check(PRODUCTION);
  }

  @Test
  void the_application_uses_the_domain_and_values_of_the_projects_application() {
    classes()
        .that()
        .resideInAPackage(PLATFORM + ".application..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "java.io..",
                "java.lang..",
                "java.math..",
                "java.nio..",
                "java.security..",
                "java.time..",
                "java.util..",
                "javax.crypto..",
                "org.jspecify..",
                "org.slf4j..",
                ROOT + ".domain..",
                ROOT + ".application.outcome",
                ROOT + ".application.port",
                PLATFORM + ".domain..",
                PLATFORM + ".application.."))
        .check(PRODUCTION);
  }

  @Test
  void stores_do_not_use_the_use_cases() {
    noClasses()
        .that()
        .resideInAPackage(PLATFORM + ".persistence..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            PLATFORM + ".application.access..",
            PLATFORM + ".application.deletion..",
            PLATFORM + ".application.imodel..",
            PLATFORM + ".application.itwin..",
            PLATFORM + ".application.member..",
            PLATFORM + ".application.seed..",
            PLATFORM + ".application.storage..")
        .check(PRODUCTION);
  }
}
