package io.storageconnections.bootstrap.architecture;

import static io.storageconnections.bootstrap.architecture.ArchitectureRules.APPLICATION_ADDS_DOMAIN_AND_JAKARTA_VALIDATION;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.AUTH_ADAPTER_KNOWS_PORTS_AND_DOMAIN;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.DATA_SOURCE_STAYS_IN_PERSISTENCE_AND_BOOTSTRAP;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.DEPENDENCIES_POINT_INWARDS;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.DOMAIN_IS_PLAIN_JAVA;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.FLYWAY_STAYS_IN_PERSISTENCE;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.HEXAGON_IS_TOLD_ABOUT_THE_WORLD;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.HEXAGON_KEEPS_NO_STATIC_STATE;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.HIBERNATE_VALIDATOR_STAYS_IN_BOOTSTRAP;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.HIKARI_STAYS_IN_PERSISTENCE;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.HTTP_ADAPTER_KNOWS_USE_CASES_PORTS_AND_DOMAIN;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.INTERFACES_HAVE_NO_PREFIX;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.JACKSON_ANNOTATIONS_STAY_IN_HTTP;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.JACKSON_STAYS_IN_HTTP;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.JAVALIN_STAYS_IN_HTTP;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.JDBC_STAYS_IN_PERSISTENCE;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.JETTY_STAYS_IN_HTTP;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.JOOQ_STAYS_IN_PERSISTENCE;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.NAMES_SAY_WHAT_A_CLASS_IS;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.NIMBUS_STAYS_IN_AUTH;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.NOBODY_LOGS_WITH_THE_JDK;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.NOBODY_THROWS_GENERIC_EXCEPTIONS;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.NOBODY_WRITES_TO_STANDARD_STREAMS;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.PACKAGES_ARE_NULL_MARKED;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.PACKAGES_HAVE_NO_CYCLES;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.PERSISTENCE_ADAPTER_KNOWS_PORTS_AND_DOMAIN;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.PICOCLI_STAYS_IN_BOOTSTRAP;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.PUBLIC_CLASSES_ARE_FINAL;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.PUBLIC_IS_A_DECISION;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.SERVLETS_STAY_IN_HTTP;
import static io.storageconnections.bootstrap.architecture.ArchitectureRules.SMALLRYE_STAYS_IN_BOOTSTRAP;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the production classes to the {@link ArchitectureRules}, and the rules to their word: a
 * rule with a misspelt target holds everywhere, so each one is shown classes that break it.
 */
class ArchitectureTest {

  private static final String ROOT = "io.storageconnections";
  private static final String PLANTED_ROOT = ArchitectureTest.class.getPackageName() + ".planted";

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages(ROOT);

  /** They break no rule themselves, but not everybody may know them. */
  private static final Set<String> STAND_INS =
      Set.of(
          "adapter.persistence.Database",
          "application.UseCases",
          "application.validation.Requests");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "domain",
        "application",
        "adapter.auth",
        "adapter.http",
        "adapter.persistence",
        "bootstrap"
      })
  void production_has_classes_of_every_module(String module) {
    assertThat(PRODUCTION).anyMatch(candidate -> isBelow(ROOT + "." + module, candidate));
  }

  @Test
  void production_has_no_tests() {
    assertThat(PRODUCTION)
        .noneMatch(candidate -> isBelow(ArchitectureTest.class.getPackageName(), candidate))
        .noneMatch(candidate -> candidate.getName().endsWith("Test"))
        .noneMatch(candidate -> candidate.getName().endsWith("Contract"));
  }

  @ParameterizedTest
  @EnumSource
  void production_keeps(ArchitectureRules rule) {
    rule.forRoot(ROOT).allowEmptyShould(false).check(PRODUCTION);
  }

  @Test
  void every_rule_is_shown_to_bite() {
    var shown =
        Stream.concat(
                violations().flatMap(violation -> violation.broken().stream()),
                technologies().map(Technology::rule))
            .collect(Collectors.toSet());
    assertThat(shown).containsExactlyInAnyOrder(ArchitectureRules.values());
  }

  @ParameterizedTest
  @MethodSource("violations")
  void a_planted_violation_breaks_the_rules_meant_and_no_other(Violation violation) {
    var classes = violation.classes();
    assertThat(ArchitectureRules.values())
        .filteredOn(rule -> !details(rule, PLANTED_ROOT, classes).isEmpty())
        .containsExactlyInAnyOrderElementsOf(violation.broken());
  }

  /**
   * All members of a planted class are violations, so that each target of a rule is seen to count.
   */
  @ParameterizedTest
  @MethodSource("violations")
  void a_planted_violation_is_reported_with_all_its_members(Violation violation) {
    var classes = violation.classes();
    for (var rule : violation.broken()) {
      var details = details(rule, PLANTED_ROOT, classes);
      assertThat(details)
          .as("%s", rule)
          .allMatch(detail ->
              violation.names().stream()
                  .anyMatch(name -> detail.contains(PLANTED_ROOT + "." + name)));
      assertThat(violation.culprits(classes))
          .as("%s in %s", rule, details)
          .isNotEmpty()
          .allMatch(culprit -> details.stream().anyMatch(detail -> names(detail, culprit)));
    }
  }

  /**
   * Most technologies are not this module's to compile against, so no class is planted for them.
   * Seen from a root that is not ours, those who use a technology rightly stand in the wrong place.
   */
  @ParameterizedTest
  @MethodSource("technologies")
  void a_technology_is_reported_in_the_wrong_place(Technology technology) {
    assertThat(details(technology.rule(), "elsewhere", PRODUCTION))
        .isNotEmpty()
        .allMatch(detail -> detail.contains("<" + ROOT + "." + technology.place() + "."));
  }

  static Stream<Violation> violations() {
    return Stream.of(
        violation("domain.UsingLibraries", DOMAIN_IS_PLAIN_JAVA),
        violation("domain.KnowingTheApplication", DOMAIN_IS_PLAIN_JAVA, DEPENDENCIES_POINT_INWARDS),
        violation("application.UsingLibraries", APPLICATION_ADDS_DOMAIN_AND_JAKARTA_VALIDATION),
        violation("application.port.KnowingTheUseCases", DEPENDENCIES_POINT_INWARDS),
        violation(
            List.of("stray.OutsideTheHexagon", "stray.package-info"), DEPENDENCIES_POINT_INWARDS),
        violation("adapter.http.JudgingRequests", HTTP_ADAPTER_KNOWS_USE_CASES_PORTS_AND_DOMAIN),
        violation(
            "adapter.http.KnowingAnotherAdapter",
            HTTP_ADAPTER_KNOWS_USE_CASES_PORTS_AND_DOMAIN,
            DEPENDENCIES_POINT_INWARDS),
        violation(
            "adapter.persistence.KnowingTheUseCases", PERSISTENCE_ADAPTER_KNOWS_PORTS_AND_DOMAIN),
        violation("adapter.auth.KnowingTheUseCases", AUTH_ADAPTER_KNOWS_PORTS_AND_DOMAIN),
        violation(
            List.of("application.port.OneOfACycle", "application.validation.OtherOfACycle"),
            PACKAGES_HAVE_NO_CYCLES),
        violation("domain.AskingTheWorld", HEXAGON_IS_TOLD_ABOUT_THE_WORLD),
        violation("application.AskingTheWorld", HEXAGON_IS_TOLD_ABOUT_THE_WORLD),
        violation("domain.Remembering", HEXAGON_KEEPS_NO_STATIC_STATE),
        violation("application.Remembering", HEXAGON_KEEPS_NO_STATIC_STATE),
        violation("bootstrap.Printing", NOBODY_WRITES_TO_STANDARD_STREAMS),
        violation("bootstrap.LoggingWithTheJdk", NOBODY_LOGS_WITH_THE_JDK),
        violation("bootstrap.ThrowingAnything", NOBODY_THROWS_GENERIC_EXCEPTIONS),
        violation("application.PublicUseCase", PUBLIC_IS_A_DECISION),
        violation("adapter.auth.PublicClass", PUBLIC_IS_A_DECISION),
        violation("adapter.http.PublicClass", PUBLIC_IS_A_DECISION),
        violation("adapter.persistence.PublicClass", PUBLIC_IS_A_DECISION),
        violation("bootstrap.PublicClass", PUBLIC_IS_A_DECISION),
        violation("domain.OpenToExtension", PUBLIC_CLASSES_ARE_FINAL),
        violation("domain.EmptyNames", NAMES_SAY_WHAT_A_CLASS_IS),
        violation("domain.Prefixed", INTERFACES_HAVE_NO_PREFIX),
        violation("bootstrap.unmarked.InAnUnmarkedPackage", PACKAGES_ARE_NULL_MARKED));
  }

  static Stream<Technology> technologies() {
    return Stream.of(
        new Technology(JAVALIN_STAYS_IN_HTTP, "adapter.http"),
        new Technology(JETTY_STAYS_IN_HTTP, "adapter.http"),
        new Technology(SERVLETS_STAY_IN_HTTP, "adapter.http"),
        new Technology(JACKSON_STAYS_IN_HTTP, "adapter.http"),
        new Technology(JACKSON_ANNOTATIONS_STAY_IN_HTTP, "adapter.http"),
        new Technology(JOOQ_STAYS_IN_PERSISTENCE, "adapter.persistence"),
        new Technology(JDBC_STAYS_IN_PERSISTENCE, "adapter.persistence"),
        new Technology(DATA_SOURCE_STAYS_IN_PERSISTENCE_AND_BOOTSTRAP, "adapter.persistence"),
        new Technology(HIKARI_STAYS_IN_PERSISTENCE, "adapter.persistence"),
        new Technology(FLYWAY_STAYS_IN_PERSISTENCE, "adapter.persistence"),
        new Technology(NIMBUS_STAYS_IN_AUTH, "adapter.auth"),
        new Technology(HIBERNATE_VALIDATOR_STAYS_IN_BOOTSTRAP, "bootstrap"),
        new Technology(PICOCLI_STAYS_IN_BOOTSTRAP, "bootstrap"),
        new Technology(SMALLRYE_STAYS_IN_BOOTSTRAP, "bootstrap"));
  }

  private static Violation violation(
      String name, ArchitectureRules rule, ArchitectureRules... others) {
    return violation(List.of(name), rule, others);
  }

  private static Violation violation(
      List<String> names, ArchitectureRules rule, ArchitectureRules... others) {
    return new Violation(names, EnumSet.of(rule, others));
  }

  /** What the rule has against the classes; nothing, if it speaks of none of them. */
  private static List<String> details(ArchitectureRules rule, String root, JavaClasses classes) {
    return rule.forRoot(root)
        .allowEmptyShould(true)
        .evaluate(classes)
        .getFailureReport()
        .getDetails();
  }

  private static boolean names(String detail, HasName culprit) {
    var name = culprit instanceof JavaMember member ? member.getFullName() : culprit.getName();
    return detail.contains("<" + name + ">");
  }

  private static boolean isBelow(String parent, JavaClass candidate) {
    return (candidate.getPackageName() + ".").startsWith(parent + ".");
  }

  /**
   * Planted classes and the rules they break.
   *
   * @param names of the classes, below the planted root; what is nested in them belongs to them
   */
  record Violation(List<String> names, Set<ArchitectureRules> broken) {

    /** The planted classes, what they may need to know, and what is said of their packages. */
    JavaClasses classes() {
      var names = Stream.concat(this.names.stream(), STAND_INS.stream()).toList();
      return new ClassFileImporter()
          .withImportOption(location -> names.stream().anyMatch(name -> isOf(location, name)))
          .importUrl(requireNonNull(ArchitectureTest.class.getResource("planted")));
    }

    private static boolean isOf(Location location, String name) {
      var path = "/planted/" + name.replace('.', '/');
      return location.contains(path + ".class")
          || location.contains(path + "$")
          || location.contains(path.substring(0, path.lastIndexOf('/')) + "/package-info.class");
    }

    /** Members must be reported; of a class that has none and nests none, the class itself. */
    List<HasName> culprits(JavaClasses classes) {
      var planted = classes.stream().filter(this::isPlanted).toList();
      return planted.stream().flatMap(candidate -> culprits(candidate, planted)).toList();
    }

    private boolean isPlanted(JavaClass candidate) {
      return names.stream()
          .map(name -> PLANTED_ROOT + "." + name)
          .anyMatch(candidate.getName().split("\\$", 2)[0]::equals);
    }

    private static Stream<HasName> culprits(JavaClass planted, List<JavaClass> all) {
      var members =
          Stream.concat(planted.getFields().stream(), planted.getMethods().stream())
              .map(HasName.class::cast)
              .toList();
      var nests =
          all.stream().anyMatch(other -> other.getName().startsWith(planted.getName() + "$"));
      return members.isEmpty() && !nests ? Stream.of(planted) : members.stream();
    }

    @Override
    public String toString() {
      return String.join(" and ", names);
    }
  }

  /**
   * A rule about a technology.
   *
   * @param place the package below the root that uses it
   */
  record Technology(ArchitectureRules rule, String place) {}
}
