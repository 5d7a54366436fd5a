package io.storageconnections.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysFalse;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What holds for every adapter of an outbound port, ours and everybody else's: a store, a directory
 * of iModels, a verifier of tokens. {@link #checkAll} holds adapters to all of them.
 */
public enum AdapterRule {
  /** Of us, an adapter knows the ports and the domain. */
  KNOWS_PORTS_AND_DOMAIN(adapters ->
      knowsPortsAndDomain(Root.OURS, adapters, alwaysFalse())
          .because("ports and domain are what is promised to adapters; the rest may change")),

  /** An adapter does not know another one. */
  KNOWS_NO_OTHER_ADAPTER(adapters ->
      CompositeArchRule.of(adapters.stream().map(adapter -> knowsNone(adapter, adapters)).toList())
          .because("one of them can then be replaced, and tested, without the others")),

  /** What implements a port is handed to a test that implements the contract of the port. */
  KEEPS_THE_CONTRACTS_OF_ITS_PORTS(adapters ->
      classes()
          .that()
          .resideInAnyPackage(andBelow(adapters))
          .and()
          .areTopLevelClasses()
          .and(describe("implement an outbound port", adapter -> !ports(adapter).isEmpty()))
          .should(keepTheContracts())
          .because("what a port promises is more than its signatures say")),

  /** An adapter leaves the standard streams alone. */
  WRITES_TO_NO_STANDARD_STREAM(adapters ->
      noClasses()
          .that()
          .resideInAnyPackage(andBelow(adapters))
          .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
          .because("the streams belong to the host")),

  /** An adapter throws what its port declares, or says what kind of mistake it met. */
  THROWS_NO_GENERIC_EXCEPTIONS(adapters ->
      noClasses()
          .that()
          .resideInAnyPackage(andBelow(adapters))
          .should(Conditions.throwGenericExceptions())
          .because("a use case tells a world that is away from a bug by the exception"));

  private static final String CONTRACTS = Root.OURS.below("application.contract");

  // The functions hold no state of their own.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Function<List<String>, ArchRule> rule;

  AdapterRule(Function<List<String>, ArchRule> rule) {
    this.rule = rule;
  }

  /**
   * The rule for some adapters. To be evaluated on their production classes; {@link
   * #KEEPS_THE_CONTRACTS_OF_ITS_PORTS} on their test classes too.
   *
   * @param adapters the package of each, with what is below it; none below another
   * @return the rule for all of them together
   * @throws IllegalArgumentException if there is none
   */
  public ArchRule on(String... adapters) {
    if (adapters.length == 0) {
      throw new IllegalArgumentException("adapters are told by their packages");
    }
    return rule.apply(List.of(adapters));
  }

  /**
   * Holds adapters to all rules. They and their tests are to be on the class path, each test in the
   * package of its adapter or below.
   *
   * @param adapters the package of each, with what is below it; none below another
   * @throws IllegalArgumentException if there is none
   * @throws AssertionError if a rule is broken, or finds nothing that it could be about
   */
  public static void checkAll(String... adapters) {
    var production =
        new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(adapters);
    var all = new ClassFileImporter().importPackages(adapters);
    for (var rule : values()) {
      rule.on(adapters).check(rule == KEEPS_THE_CONTRACTS_OF_ITS_PORTS ? all : production);
    }
  }

  /**
   * Contracts are allowed because only tests can see them.
   *
   * @param more what else of ours the adapters know
   */
  static ArchRule knowsPortsAndDomain(
      Root root, List<String> adapters, DescribedPredicate<JavaClass> more) {
    var known =
        resideInAnyPackage(andBelow(adapters))
            .or(
                resideInAnyPackage(
                    root.below("application.port.."),
                    root.below("application.contract.."),
                    root.below("domain..")))
            .or(more);
    return noClasses()
        .that()
        .resideInAnyPackage(andBelow(adapters))
        .should()
        .dependOnClassesThat(resideInAPackage(root.below(".")).and(not(known)));
  }

  private static ArchRule knowsNone(String adapter, List<String> adapters) {
    var others = adapters.stream().filter(other -> !other.equals(adapter)).toList();
    return noClasses()
        .that()
        .resideInAPackage(adapter + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(andBelow(others));
  }

  private static String[] andBelow(List<String> packages) {
    return packages.stream().map(name -> name + "..").toArray(String[]::new);
  }

  private static List<JavaClass> ports(JavaClass adapter) {
    return adapter.getAllRawInterfaces().stream()
        .filter(type -> type.getPackageName().equals(Root.OURS.below("application.port.out")))
        .filter(JavaClass::isTopLevelClass)
        .toList();
  }

  private static ArchCondition<JavaClass> keepTheContracts() {
    return new ArchCondition<>("be handed to a test that implements the contract of the port") {
      @Override
      public void check(JavaClass adapter, ConditionEvents events) {
        for (var port : ports(adapter)) {
          var contract = CONTRACTS + "." + port.getSimpleName() + "Contract";
          events.add(
              new SimpleConditionEvent(
                  adapter,
                  users(adapter).anyMatch(user -> user.isAssignableTo(contract)),
                  "no test that implements <%s> knows <%s>"
                      .formatted(contract, adapter.getName())));
        }
      }
    };
  }

  /** Those classes, with what is inherited and what is nested, that name the adapter. */
  private static Stream<JavaClass> users(JavaClass adapter) {
    return adapter.getDirectDependenciesToSelf().stream()
        .map(Dependency::getOriginClass)
        .flatMap(AdapterRule::withEnclosing)
        .flatMap(user -> Stream.concat(Stream.of(user), user.getAllSubclasses().stream()))
        .filter(user -> !user.getModifiers().contains(JavaModifier.ABSTRACT));
  }

  private static Stream<JavaClass> withEnclosing(JavaClass user) {
    return Stream.iterate(
            Optional.of(user), Optional::isPresent, inner -> inner.get().getEnclosingClass())
        .map(Optional::orElseThrow);
  }
}
