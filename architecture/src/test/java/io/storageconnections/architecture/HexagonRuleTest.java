package io.storageconnections.architecture;

import static io.storageconnections.architecture.HexagonRule.APPLICATION_ADDS_DOMAIN_AND_JAKARTA_VALIDATION;
import static io.storageconnections.architecture.HexagonRule.AUTH_ADAPTER_KNOWS_PORTS_AND_DOMAIN;
import static io.storageconnections.architecture.HexagonRule.DEPENDENCIES_POINT_INWARDS;
import static io.storageconnections.architecture.HexagonRule.DOMAIN_IS_PLAIN_JAVA;
import static io.storageconnections.architecture.HexagonRule.HEXAGON_IS_TOLD_ABOUT_THE_WORLD;
import static io.storageconnections.architecture.HexagonRule.HEXAGON_KEEPS_NO_STATIC_STATE;
import static io.storageconnections.architecture.HexagonRule.HTTP_ADAPTER_KNOWS_USE_CASES_PORTS_AND_DOMAIN;
import static io.storageconnections.architecture.HexagonRule.INTERFACES_HAVE_NO_PREFIX;
import static io.storageconnections.architecture.HexagonRule.NAMES_SAY_WHAT_A_CLASS_IS;
import static io.storageconnections.architecture.HexagonRule.NOBODY_LOGS_WITH_THE_JDK;
import static io.storageconnections.architecture.HexagonRule.NOBODY_THROWS_GENERIC_EXCEPTIONS;
import static io.storageconnections.architecture.HexagonRule.NOBODY_WRITES_TO_STANDARD_STREAMS;
import static io.storageconnections.architecture.HexagonRule.ONLY_THE_COMMAND_LINE_TOUCHES_THE_PROCESS;
import static io.storageconnections.architecture.HexagonRule.OUTBOUND_PORTS_ARE_IMPLEMENTED_BY_ADAPTERS;
import static io.storageconnections.architecture.HexagonRule.PACKAGES_ARE_NULL_MARKED;
import static io.storageconnections.architecture.HexagonRule.PACKAGES_HAVE_NO_CYCLES;
import static io.storageconnections.architecture.HexagonRule.PERSISTENCE_ADAPTER_KNOWS_PORTS_AND_DOMAIN;
import static io.storageconnections.architecture.HexagonRule.PUBLIC_CLASSES_ARE_FINAL;
import static io.storageconnections.architecture.HexagonRule.PUBLIC_IS_A_DECISION;
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
 * Holds the {@link HexagonRule}s to their word: a rule with a misspelt target holds everywhere, so
 * each one is shown classes that break it.
 */
final class HexagonRuleTest {

  private static final String PLANTED_ROOT = HexagonRuleTest.class.getPackageName() + ".planted";

  /** They break no rule themselves, but not everybody may know them. */
  private static final Set<String> STAND_INS =
      Set.of(
          "adapter.persistence.Database",
          "application.UseCases",
          "application.validation.Requests");

  @Test
  void every_rule_is_shown_to_bite() {
    var shown =
        violations().flatMap(violation -> violation.broken().stream()).collect(Collectors.toSet());
    assertThat(shown).containsExactlyInAnyOrder(HexagonRule.values());
  }

  @ParameterizedTest
  @MethodSource("violations")
  void a_planted_violation_breaks_the_rules_meant_and_no_other(Violation violation) {
    var classes = violation.classes();
    assertThat(HexagonRule.values())
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

  @Test
  void who_wires_may_know_everybody_and_extend_the_use_cases() {
    var classes =
        planted(List.of("embedded.StorageConnectionsService", "junit.Wiring", "bootstrap.Main"));
    assertThat(classes)
        .extracting(JavaClass::getSimpleName)
        .contains("StorageConnectionsService", "Wiring", "Main");
    assertThat(HexagonRule.values())
        .allSatisfy(rule -> assertThat(details(rule, PLANTED_ROOT, classes)).isEmpty());
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
        violation(
            "application.port.out.UnimplementedPort", OUTBOUND_PORTS_ARE_IMPLEMENTED_BY_ADAPTERS),
        violation("domain.AskingTheWorld", HEXAGON_IS_TOLD_ABOUT_THE_WORLD),
        violation("application.AskingTheWorld", HEXAGON_IS_TOLD_ABOUT_THE_WORLD),
        violation("domain.Remembering", HEXAGON_KEEPS_NO_STATIC_STATE),
        violation("application.Remembering", HEXAGON_KEEPS_NO_STATIC_STATE),
        violation("domain.TouchingTheProcess", ONLY_THE_COMMAND_LINE_TOUCHES_THE_PROCESS),
        violation("application.TouchingTheProcess", ONLY_THE_COMMAND_LINE_TOUCHES_THE_PROCESS),
        violation("bootstrap.TouchingTheProcess", ONLY_THE_COMMAND_LINE_TOUCHES_THE_PROCESS),
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

  private static Violation violation(String name, HexagonRule rule, HexagonRule... others) {
    return violation(List.of(name), rule, others);
  }

  private static Violation violation(List<String> names, HexagonRule rule, HexagonRule... others) {
    return new Violation(names, EnumSet.of(rule, others));
  }

  /**
   * Planted classes, what they may need to know, and what is said of their packages.
   *
   * @param names of the classes, below the planted root
   */
  private static JavaClasses planted(List<String> names) {
    var all = Stream.concat(names.stream(), STAND_INS.stream()).toList();
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

  /** What the rule has against the classes; nothing, if it speaks of none of them. */
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
   * Planted classes and the rules they break.
   *
   * @param names of the classes, below the planted root; what is nested in them belongs to them
   */
  record Violation(List<String> names, Set<HexagonRule> broken) {

    JavaClasses classes() {
      return planted(names);
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
}
