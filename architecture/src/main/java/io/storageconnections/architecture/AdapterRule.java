package io.storageconnections.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.originOwner;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callConstructorWhere;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The rules for every adapter of an outbound port, such as a store or a directory of iModels: the
 * adapters of this project and those of hosts. {@link #checkAll} checks all rules.
 */
public enum AdapterRule {
  /**
   * Of this project, an adapter uses only the outbound ports, the outcomes of operations, the
   * violations that an outcome contains, and the domain.
   */
  USES_PORTS_OUTCOMES_AND_DOMAIN(adapters ->
      useOnlyPortsOutcomesAndDomain(adapters)
          .because("an adapter depends on what the ports promise; everything else may change")),

  /** An adapter does not use another adapter. */
  USES_NO_OTHER_ADAPTER(adapters ->
      CompositeArchRule.of(adapters.stream().map(adapter -> useNoOther(adapter, adapters)).toList())
          .because("each adapter can then be replaced and tested without the others")),

  /**
   * Each implementation of an outbound port has a test that uses it and implements the contract of
   * the port: the interface {@code <Port>Contract} in the test-jar of the application.
   */
  PASSES_THE_CONTRACTS_OF_ITS_PORTS(adapters ->
      classes()
          .that()
          .resideInAnyPackage(withSubpackages(adapters))
          .and()
          .areTopLevelClasses()
          .and(describe("implement an outbound port", adapter -> !ports(adapter).isEmpty()))
          .should(haveContractTests())
          .because("a port promises more than the signatures of its methods say")),

  /** An adapter does not use the standard streams. */
  USES_NO_STANDARD_STREAM(adapters ->
      noClasses()
          .that()
          .resideInAnyPackage(withSubpackages(adapters))
          .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
          .because("the standard streams belong to the host")),

  /**
   * An adapter creates no {@code Throwable}, {@code Exception}, {@code RuntimeException} or {@code
   * Error}, only their subclasses.
   */
  THROWS_NO_GENERIC_EXCEPTIONS(adapters ->
      noClasses()
          .that()
          .resideInAnyPackage(withSubpackages(adapters))
          .should(throwGenericExceptions())
          .because("callers tell an unavailable system from a defect by the exception's type"));

  private static final String ROOT = "io.storageconnections";

  // The functions are stateless.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Function<List<String>, ArchRule> rule;

  AdapterRule(Function<List<String>, ArchRule> rule) {
    this.rule = rule;
  }

  /**
   * Returns the rule for the given adapters. Evaluate it on their production classes, and {@link
   * #PASSES_THE_CONTRACTS_OF_ITS_PORTS} on their production and test classes.
   *
   * @param adapters the name of each adapter's package, which includes its subpackages; at least
   *     one; none is a subpackage of another
   * @return one rule for all of them
   * @throws IllegalArgumentException if {@code adapters} is empty
   */
  public ArchRule on(String... adapters) {
    if (adapters.length == 0) {
      throw new IllegalArgumentException("at least one package of an adapter is required");
    }
    return rule.apply(List.of(adapters));
  }

  /**
   * Checks all rules for the given adapters. The adapters and their tests must be on the class
   * path, and each test must reside in the package of its adapter or in a subpackage.
   *
   * @param adapters the name of each adapter's package, which includes its subpackages; at least
   *     one; none is a subpackage of another
   * @throws IllegalArgumentException if {@code adapters} is empty
   * @throws AssertionError if an adapter breaks a rule, or if a rule applies to no class
   */
  public static void checkAll(String... adapters) {
    checkAllExcept(EnumSet.noneOf(AdapterRule.class), adapters);
  }

  /**
   * As {@link #checkAll}, without some rules.
   *
   * @param exceptions the rules that do not apply to the adapters
   * @param adapters the name of each adapter's package, which includes its subpackages; at least
   *     one; none is a subpackage of another
   * @throws IllegalArgumentException if {@code adapters} is empty
   * @throws AssertionError if an adapter breaks a rule, or if a rule applies to no class
   */
  public static void checkAllExcept(Set<AdapterRule> exceptions, String... adapters) {
    var production =
        new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(adapters);
    var all = new ClassFileImporter().importPackages(adapters);
    for (var rule : values()) {
      if (!exceptions.contains(rule)) {
        rule.on(adapters).check(rule == PASSES_THE_CONTRACTS_OF_ITS_PORTS ? all : production);
      }
    }
  }

  /** Matches the classes below {@code root} that adapters may use. */
  static DescribedPredicate<JavaClass> portsOutcomesAndDomain(String root) {
    return resideInAnyPackage(
        root + ".application.port..", root + ".application.outcome..", root + ".domain..");
  }

  /**
   * Returns the rule that adapters use, of the tree below {@code root}, only themselves and {@code
   * allowed}. Contracts are allowed because only tests can use them.
   */
  static ArchRule useOnly(
      String root, List<String> adapters, DescribedPredicate<? super JavaClass> allowed) {
    var allAllowed =
        resideInAnyPackage(withSubpackages(adapters))
            .or(resideInAPackage(root + ".application.contract.."))
            .or(allowed);
    return noClasses()
        .that()
        .resideInAnyPackage(withSubpackages(adapters))
        .should()
        .dependOnClassesThat(resideInAPackage(root + "..").and(not(allAllowed)));
  }

  /** Extends ArchUnit's condition, which does not include {@code Error}. */
  static ArchCondition<JavaClass> throwGenericExceptions() {
    return GeneralCodingRules.THROW_GENERIC_EXCEPTIONS.or(
        callConstructorWhere(
            targetOwner(type(Error.class)).and(originOwner(not(assignableTo(Error.class))))));
  }

  private static ArchRule useOnlyPortsOutcomesAndDomain(List<String> adapters) {
    return useOnly(ROOT, adapters, portsOutcomesAndDomain(ROOT));
  }

  private static ArchRule useNoOther(String adapter, List<String> adapters) {
    var others = adapters.stream().filter(other -> !other.equals(adapter)).toList();
    return noClasses()
        .that()
        .resideInAPackage(adapter + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(withSubpackages(others));
  }

  private static String[] withSubpackages(List<String> packages) {
    return packages.stream().map(name -> name + "..").toArray(String[]::new);
  }

  /**
   * Returns the outbound ports that the class implements. A sealed interface in their package is a
   * value; an adapter cannot implement it.
   */
  private static List<JavaClass> ports(JavaClass adapter) {
    return adapter.getAllRawInterfaces().stream()
        .filter(type -> type.getPackageName().equals(ROOT + ".application.port"))
        .filter(JavaClass::isTopLevelClass)
        .toList();
  }

  private static ArchCondition<JavaClass> haveContractTests() {
    return new ArchCondition<>("have a test that implements the contract of the port") {
      @Override
      public void check(JavaClass adapter, ConditionEvents events) {
        for (var port : ports(adapter)) {
          var contract = "%s.application.contract.%sContract".formatted(ROOT, port.getSimpleName());
          events.add(
              new SimpleConditionEvent(
                  adapter,
                  users(adapter).anyMatch(user -> user.isAssignableTo(contract)),
                  "no test that implements <%s> uses <%s>".formatted(contract, adapter.getName())));
        }
      }
    };
  }

  /**
   * Returns the concrete classes that use the adapter: in their own code, in a nested class or in a
   * superclass.
   */
  private static Stream<JavaClass> users(JavaClass adapter) {
    return adapter.getDirectDependenciesToSelf().stream()
        .map(Dependency::getOriginClass)
        .flatMap(AdapterRule::withEnclosingClasses)
        .flatMap(user -> Stream.concat(Stream.of(user), user.getAllSubclasses().stream()))
        .filter(user -> !user.getModifiers().contains(JavaModifier.ABSTRACT));
  }

  private static Stream<JavaClass> withEnclosingClasses(JavaClass user) {
    return Stream.iterate(
            Optional.of(user), Optional::isPresent, inner -> inner.get().getEnclosingClass())
        .map(Optional::orElseThrow);
  }
}
