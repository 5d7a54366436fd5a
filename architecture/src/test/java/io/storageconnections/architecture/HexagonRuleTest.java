package io.storageconnections.architecture;

import static io.storageconnections.architecture.HexagonRule.ACCESS_IS_DECIDED_IN_ONE_PLACE;
import static io.storageconnections.architecture.HexagonRule.APPLICATION_USES_ONLY_DOMAIN_AND_JAKARTA_VALIDATION;
import static io.storageconnections.architecture.HexagonRule.AUTH_ADAPTER_USES_ONLY_PORTS;
import static io.storageconnections.architecture.HexagonRule.CONNECTORS_USE_PORTS_AND_DOMAIN;
import static io.storageconnections.architecture.HexagonRule.DEPENDENCIES_POINT_INWARDS;
import static io.storageconnections.architecture.HexagonRule.DOMAIN_IS_PLAIN_JAVA;
import static io.storageconnections.architecture.HexagonRule.EXECUTION_ADAPTER_USES_ONE_USE_CASE;
import static io.storageconnections.architecture.HexagonRule.HEXAGON_HAS_NO_MUTABLE_STATIC_STATE;
import static io.storageconnections.architecture.HexagonRule.HEXAGON_IS_DETERMINISTIC;
import static io.storageconnections.architecture.HexagonRule.HTTP_ADAPTER_USES_USE_CASES_AND_DOMAIN;
import static io.storageconnections.architecture.HexagonRule.INTERFACES_HAVE_NO_PREFIX;
import static io.storageconnections.architecture.HexagonRule.INTERNAL_PACKAGES_ARE_USED_ONLY_IN_THEIR_MODULE;
import static io.storageconnections.architecture.HexagonRule.LOCAL_PLATFORM_IS_USED_ONLY_BY_THE_SERVER;
import static io.storageconnections.architecture.HexagonRule.METRICS_ADAPTER_USES_USE_CASES_PORTS_AND_DOMAIN;
import static io.storageconnections.architecture.HexagonRule.NAMES_SAY_WHAT_A_CLASS_IS;
import static io.storageconnections.architecture.HexagonRule.NO_CLASS_LOGS_WITH_JAVA_UTIL_LOGGING;
import static io.storageconnections.architecture.HexagonRule.NO_CLASS_THROWS_GENERIC_EXCEPTIONS;
import static io.storageconnections.architecture.HexagonRule.NO_CLASS_USES_STANDARD_STREAMS;
import static io.storageconnections.architecture.HexagonRule.NO_PACKAGE_DEPENDS_ON_A_PACKAGE_ABOVE_IT;
import static io.storageconnections.architecture.HexagonRule.ONLY_MAIN_USES_PROCESS_WIDE_STATE;
import static io.storageconnections.architecture.HexagonRule.OUTBOUND_PORTS_ARE_IMPLEMENTED_BY_ADAPTERS;
import static io.storageconnections.architecture.HexagonRule.PACKAGES_ARE_NULL_MARKED;
import static io.storageconnections.architecture.HexagonRule.PACKAGES_HAVE_NO_CYCLES;
import static io.storageconnections.architecture.HexagonRule.PERSISTENCE_ADAPTER_USES_PORTS_OUTCOMES_AND_DOMAIN;
import static io.storageconnections.architecture.HexagonRule.PLATFORM_ADAPTER_USES_PORTS_AND_DOMAIN;
import static io.storageconnections.architecture.HexagonRule.PUBLIC_API_EXPOSES_NO_INTERNAL_PACKAGE;
import static io.storageconnections.architecture.HexagonRule.PUBLIC_CLASSES_ARE_FINAL;
import static io.storageconnections.architecture.HexagonRule.USE_CASES_ARE_CALLED_THROUGH_THEIR_PORTS;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Shows that each {@link HexagonRule} fails when it should: a rule with a misspelt target never
 * fails, so each rule is evaluated on planted classes that break it.
 */
final class HexagonRuleTest {

  private static final String PLANTED_ROOT = HexagonRuleTest.class.getPackageName() + ".planted";

  /** These classes break no rule; some planted violations use them. */
  private static final Set<String> SOUND =
      Set.of(
          "adapter.http.HttpServer",
          "adapter.http.pipeline.PipelineException",
          "adapter.http.pipeline.RequestPipeline",
          "adapter.persistence.JooqStorageConnectionStore",
          "application.UseCases",
          "application.connection.CreateStorageConnection",
          "application.outcome.Failure",
          "application.port.StorageConnectionStore",
          "application.port.Verification",
          "application.validation.RequestValidator",
          "application.outcome.Violation",
          "bootstrap.Main",
          "embedded.StorageConnectionsService",
          "junit.Wiring",
          "platform.LocalPlatform");

  @Test
  void every_rule_has_a_planted_violation() {
    var broken =
        violations().flatMap(violation -> violation.broken().stream()).collect(Collectors.toSet());
    assertThat(broken).containsExactlyInAnyOrder(HexagonRule.values());
  }

  @Test
  void sound_classes_break_no_rule() {
    var classes = planted(List.of());
    assertThat(classes)
        .extracting(candidate -> candidate.getName().substring(PLANTED_ROOT.length() + 1))
        .containsAll(SOUND);
    assertThat(HexagonRule.values())
        .allSatisfy(rule -> assertThat(details(rule, PLANTED_ROOT, classes)).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("violations")
  void a_planted_violation_breaks_the_intended_rules_and_no_other(Violation violation) {
    var classes = violation.classes();
    assertThat(HexagonRule.values())
        .filteredOn(rule -> !details(rule, PLANTED_ROOT, classes).isEmpty())
        .containsExactlyInAnyOrderElementsOf(violation.broken());
  }

  /**
   * All members of a planted class are violations. The test shows that the rule finds each of its
   * targets.
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

  static Stream<Violation> violations() {
    return Stream.of(
        violation("domain.UsingLibraries", DOMAIN_IS_PLAIN_JAVA),
        violation("domain.UsingTheApplication", DOMAIN_IS_PLAIN_JAVA, DEPENDENCIES_POINT_INWARDS),
        violation(
            "application.UsingLibraries", APPLICATION_USES_ONLY_DOMAIN_AND_JAKARTA_VALIDATION),
        violation("application.port.UsingTheUseCases", DEPENDENCIES_POINT_INWARDS),
        violation(
            List.of("stray.OutsideTheHexagon", "stray.package-info"), DEPENDENCIES_POINT_INWARDS),
        violation("embedded.UsingTheLocalPlatform", LOCAL_PLATFORM_IS_USED_ONLY_BY_THE_SERVER),
        violation("adapter.http.ValidatingRequests", HTTP_ADAPTER_USES_USE_CASES_AND_DOMAIN),
        violation("adapter.http.CallingTheStore", HTTP_ADAPTER_USES_USE_CASES_AND_DOMAIN),
        violation(
            "adapter.http.UsingAnotherAdapter",
            HTTP_ADAPTER_USES_USE_CASES_AND_DOMAIN,
            DEPENDENCIES_POINT_INWARDS),
        violation(
            "adapter.persistence.UsingTheUseCases",
            PERSISTENCE_ADAPTER_USES_PORTS_OUTCOMES_AND_DOMAIN),
        violation("adapter.auth.UsingTheUseCases", AUTH_ADAPTER_USES_ONLY_PORTS),
        violation("adapter.platform.UsingTheUseCases", PLATFORM_ADAPTER_USES_PORTS_AND_DOMAIN),
        violation("adapter.connectors.UsingTheUseCases", CONNECTORS_USE_PORTS_AND_DOMAIN),
        violation("adapter.execution.UsingTheUseCases", EXECUTION_ADAPTER_USES_ONE_USE_CASE),
        violation(
            "adapter.metrics.ValidatingRequests", METRICS_ADAPTER_USES_USE_CASES_PORTS_AND_DOMAIN),
        violation("application.port.UnimplementedPort", OUTBOUND_PORTS_ARE_IMPLEMENTED_BY_ADAPTERS),
        violation("application.connection.AskingTheDirectory", ACCESS_IS_DECIDED_IN_ONE_PLACE),
        violation("application.connection.PublicUseCase", USE_CASES_ARE_CALLED_THROUGH_THEIR_PORTS),
        violation(
            List.of("application.outcome.OneOfACycle", "application.validation.OtherOfACycle"),
            PACKAGES_HAVE_NO_CYCLES),
        violation(
            "adapter.http.link.UsingThePackageAbove", NO_PACKAGE_DEPENDS_ON_A_PACKAGE_ABOVE_IT),
        violation(
            "bootstrap.UsingAnInternalPackage", INTERNAL_PACKAGES_ARE_USED_ONLY_IN_THEIR_MODULE),
        violation("adapter.http.ExposingAnInternalPackage", PUBLIC_API_EXPOSES_NO_INTERNAL_PACKAGE),
        violation("domain.ReadingClocksAndDefaults", HEXAGON_IS_DETERMINISTIC),
        violation("application.ReadingClocksAndDefaults", HEXAGON_IS_DETERMINISTIC),
        violation("domain.MutableStaticState", HEXAGON_HAS_NO_MUTABLE_STATIC_STATE),
        violation("application.MutableStaticState", HEXAGON_HAS_NO_MUTABLE_STATIC_STATE),
        violation("domain.UsingProcessWideState", ONLY_MAIN_USES_PROCESS_WIDE_STATE),
        violation("application.UsingProcessWideState", ONLY_MAIN_USES_PROCESS_WIDE_STATE),
        violation("bootstrap.UsingProcessWideState", ONLY_MAIN_USES_PROCESS_WIDE_STATE),
        violation("bootstrap.Printing", NO_CLASS_USES_STANDARD_STREAMS),
        violation("bootstrap.LoggingWithJavaUtilLogging", NO_CLASS_LOGS_WITH_JAVA_UTIL_LOGGING),
        violation("bootstrap.ThrowingGenericExceptions", NO_CLASS_THROWS_GENERIC_EXCEPTIONS),
        violation("domain.OpenToExtension", PUBLIC_CLASSES_ARE_FINAL),
        violation("domain.OpenAndSealed", PUBLIC_CLASSES_ARE_FINAL),
        violation("domain.GenericNames", NAMES_SAY_WHAT_A_CLASS_IS),
        violation("domain.Prefixed", INTERFACES_HAVE_NO_PREFIX),
        violation("bootstrap.unmarked.InAnUnmarkedPackage", PACKAGES_ARE_NULL_MARKED));
  }

  private static Violation violation(String name, HexagonRule rule, HexagonRule... others) {
    return violation(List.of(name), rule, others);
  }

  private static Violation violation(List<String> names, HexagonRule rule, HexagonRule... others) {
    return new Violation(names, EnumSet.of(rule, others));
  }

  /**
   * Returns the planted classes, the sound classes, and the descriptions of their packages.
   *
   * @param names the names of planted classes, relative to the planted root
   */
  private static JavaClasses planted(List<String> names) {
    var all = Stream.concat(names.stream(), SOUND.stream()).toList();
    return new ClassFileImporter()
        .withImportOption(location -> all.stream().anyMatch(name -> isOf(location, name)))
        .importUrl(requireNonNull(HexagonRuleTest.class.getResource("planted")));
  }

  private static boolean isOf(Location location, String name) {
    var path = "/planted/" + name.replace('.', '/');
    return location.contains(path + ".class")
        || location.contains(path + "$")
        || location.contains(path.substring(0, path.lastIndexOf('/')) + "/package-info.class");
  }

  /** Returns the violations of the rule; empty if the rule applies to none of the classes. */
  private static List<String> details(HexagonRule rule, String root, JavaClasses classes) {
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

  /**
   * Planted classes and the rules that they break.
   *
   * @param names the names of the classes, relative to the planted root; includes nested classes
   * @param broken the rules that the classes break; no other rule reports them
   */
  record Violation(List<String> names, Set<HexagonRule> broken) {

    JavaClasses classes() {
      return planted(names);
    }

    /** Returns the members, or the class itself if it has no members and no nested classes. */
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
}
