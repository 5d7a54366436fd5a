package io.storageconnections.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysFalse;
import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.onionArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.security.Security;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * What holds for every production class of this project. A rule speaks of the packages below a
 * root, so that the same rule can be shown a tree where it does not hold.
 */
public enum HexagonRule {
  /** The domain uses the JDK's plain packages, JSpecify and itself. */
  DOMAIN_IS_PLAIN_JAVA(root ->
      classes()
          .that()
          .resideInAPackage(root + ".domain..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(plainJavaAnd(root + ".domain.."))
          .because("the domain outlives every framework")),

  /** The application uses what the domain may, the domain, and the constraints of Jakarta. */
  APPLICATION_ADDS_DOMAIN_AND_JAKARTA_VALIDATION(root ->
      classes()
          .that()
          .resideInAPackage(root + ".application..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              plainJavaAnd(root + ".domain..", root + ".application..", "jakarta.validation.."))
          .because("use cases know neither HTTP nor SQL nor tokens, nor who checks constraints")),

  /**
   * Adapters know the application, the application the domain; never the other way round, nor each
   * other.
   */
  DEPENDENCIES_POINT_INWARDS(root ->
      onionArchitecture()
          .domainModels(root + ".domain..")
          .domainServices(root + ".application.port..", root + ".application.validation..")
          .applicationServices(root + ".application")
          .adapter("http", root + ".adapter.http..")
          .adapter("persistence", root + ".adapter.persistence..")
          .adapter("auth", root + ".adapter.auth..")
          .withOptionalLayers(false)
          .ensureAllClassesAreContainedInArchitectureIgnoring(compositionRoots(root))
          .ignoreDependency(resideInAnyPackage(compositionRoots(root)), alwaysTrue())
          .because("what is inside can then be read, tested and kept without what is outside")),

  /** Of us, the HTTP adapter knows the use cases, violations, the ports and the domain. */
  HTTP_ADAPTER_KNOWS_USE_CASES_PORTS_AND_DOMAIN(root ->
      adapterKnowsPortsAndDomain(
              root,
              "http",
              types(root, ".application.UseCases", ".application.validation.Violation"))
          .because("a host calls the use cases and must find everything there, too")),

  /** Of us, the persistence adapter knows the ports and the domain. */
  PERSISTENCE_ADAPTER_KNOWS_PORTS_AND_DOMAIN(root ->
      adapterKnowsPortsAndDomain(root, "persistence", alwaysFalse())
          .because("a store keeps what it is given and decides nothing else")),

  /** Of us, the auth adapter knows the ports and the domain. */
  AUTH_ADAPTER_KNOWS_PORTS_AND_DOMAIN(root ->
      adapterKnowsPortsAndDomain(root, "auth", alwaysFalse())
          .because("who calls is found out before anybody knows what is asked")),

  /** Every outbound port has an implementation in an adapter. */
  OUTBOUND_PORTS_ARE_IMPLEMENTED_BY_ADAPTERS(root ->
      classes()
          .that()
          .resideInAPackage(root + ".application.port.out")
          .and()
          .areInterfaces()
          .and()
          .areTopLevelClasses()
          .and()
          .doNotHaveSimpleName("package-info")
          .should(
              be(
                  describe(
                      "implemented by an adapter",
                      port ->
                          port.getAllSubclasses().stream()
                              .anyMatch(resideInAPackage(root + ".adapter..")))))
          .because("a port is there for what the use cases need, and its contract is kept there")),

  /** No packages need each other, except within what is generated. */
  PACKAGES_HAVE_NO_CYCLES(root ->
      slices()
          .matching(root + ".(**)")
          .should()
          .beFreeOfCycles()
          .ignoreDependency(resideInAPackage(generated(root)), resideInAPackage(generated(root)))
          .because("packages in a cycle can only be understood all at once")),

  /** Domain and application ask neither the clock, nor chance, nor the environment. */
  HEXAGON_IS_TOLD_ABOUT_THE_WORLD(root ->
      noClasses()
          .that()
          .resideInAnyPackage(root + ".domain..", root + ".application..")
          .should()
          .accessTargetWhere(asksTheWorld())
          .because("time, ids and settings come in from outside, where a test can choose them")),

  /** A static field of domain or application holds what never changes. */
  HEXAGON_KEEPS_NO_STATIC_STATE(root ->
      fields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage(root + ".domain..", root + ".application..")
          .and()
          .areStatic()
          .and()
          // An enum's own list of its values, and what a switch over them looks up.
          .doNotHaveModifier(SYNTHETIC)
          .should(Conditions.holdWhatNeverChanges())
          .because("two servers may run in one JVM")),

  /** Outside of domain and application, only {@code Main} touches what a process has once. */
  ONLY_THE_COMMAND_LINE_TOUCHES_THE_PROCESS(root ->
      noClasses()
          .that(not(types(root, ".bootstrap.Main")))
          .should()
          .accessTargetWhere(touchesTheProcess())
          .because("environment, properties, defaults and hooks belong to the host")),

  /** No class uses the standard streams. */
  NOBODY_WRITES_TO_STANDARD_STREAMS(root ->
      GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.because(
          "the streams belong to the host; we log, and the command line writes where it is"
              + " told")),

  /**
   * No class logs with {@code java.util.logging}. A data source may still declare the method that
   * returns its driver's logger, because the JDK's interface demands it.
   */
  NOBODY_LOGS_WITH_THE_JDK(root ->
      noClasses()
          .should()
          .accessTargetWhere(targetOwner(resideInAPackage("java.util.logging..")))
          .because("a host routes SLF4J, and needs one place to do so")),

  /** No class throws an exception that says nothing about what went wrong. */
  NOBODY_THROWS_GENERIC_EXCEPTIONS(root ->
      noClasses()
          .should(Conditions.throwGenericExceptions())
          .because("whoever catches one catches everything else with it")),

  /** What is public is domain, port, validation, or listed here. */
  PUBLIC_IS_A_DECISION(root ->
      classes()
          .that()
          .arePublic()
          .and()
          .areTopLevelClasses()
          .and()
          .resideOutsideOfPackage(generated(root))
          .should(
              be(
                  resideInAnyPackage(
                          root + ".domain..",
                          root + ".application.port..",
                          root + ".application.validation..")
                      .or(
                          types(
                              root,
                              ".application.UseCases",
                              ".adapter.auth.DevelopmentIssuer",
                              ".adapter.auth.IssuerUrl",
                              ".adapter.auth.JwtTokenVerifier",
                              ".adapter.http.BaseUrl",
                              ".adapter.http.HttpApi",
                              ".adapter.http.HttpServer",
                              ".adapter.http.Links",
                              ".adapter.http.Listener",
                              ".adapter.persistence.Database",
                              ".adapter.persistence.JdbcUrl",
                              ".adapter.persistence.JooqRequestAllowance",
                              ".adapter.persistence.JooqStorageConnectionStore",
                              ".adapter.persistence.Migrations",
                              ".adapter.persistence.OpenIModelDirectory",
                              ".bootstrap.Main",
                              ".bootstrap.OutdatedDatabaseException",
                              ".bootstrap.SynchronizationServer",
                              ".embedded.StorageConnectionsService",
                              ".junit.StorageConnections",
                              ".junit.TokenMint"))
                      .as("domain types, ports or listed entry classes")))
          .because("whatever is public is kept for those who use it")),

  /**
   * A public class is final, if it is neither an interface nor an enum. Only whoever opens
   * something for the use cases may extend {@code UseCases}, to close it again.
   */
  PUBLIC_CLASSES_ARE_FINAL(root ->
      classes()
          .that()
          .arePublic()
          .and()
          .areNotInterfaces()
          .and()
          .areNotEnums()
          .and()
          .resideOutsideOfPackage(generated(root))
          .and(not(types(root, ".application.UseCases")))
          .should()
          .haveModifier(FINAL)
          .because("nothing else was made to be extended")),

  /**
   * No name ends with a word that fits every class. A service of storage connections may, for it is
   * what the whole project is.
   */
  NAMES_SAY_WHAT_A_CLASS_IS(root ->
      noClasses()
          .that(not(types(root, ".embedded.StorageConnectionsService")))
          .should()
          .haveNameMatching(".*(Impl|Manager|Helper|Utils?|DTO|Dto|Mapper|Service)")
          .because("such an ending fits every class, so it tells nothing about this one")),

  /**
   * No interface is marked as one by its name. An iModel and an iTwin are things of the API: {@code
   * IModelDirectory} is a directory of iModels.
   */
  INTERFACES_HAVE_NO_PREFIX(root ->
      noClasses()
          .that()
          .areInterfaces()
          .should(
              be(
                  describe(
                      "named with an I-prefix",
                      candidate ->
                          candidate.getSimpleName().matches("I(?!(Model|Twin)([A-Z]|$))[A-Z].*"))))
          .because("who uses a type need not know whether it is an interface")),

  /** Every package says that null is what is marked as such. */
  PACKAGES_ARE_NULL_MARKED(root ->
      classes()
          .that()
          .resideOutsideOfPackage(generated(root))
          .should(
              be(
                  describe(
                      "in a package whose package-info is @NullMarked",
                      (JavaClass candidate) ->
                          candidate.getPackage().isAnnotatedWith(NullMarked.class))))
          .because("null is checked only where a package says so"));

  // The functions hold no state of their own.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Function<String, ArchRule> rule;

  HexagonRule(Function<String, ArchRule> rule) {
    this.rule = rule;
  }

  /**
   * Makes the rule for a tree of packages.
   *
   * @param root the package that the tree is below, such as {@code io.storageconnections}
   * @return the rule, to be evaluated on the production classes of that tree
   */
  public ArchRule forRoot(String root) {
    return rule.apply(root);
  }

  /** What jOOQ's generator writes; nobody reads it as ours. */
  private static String generated(String root) {
    return root + ".adapter.persistence.schema..";
  }

  /** They choose and wire, so they may know everything. */
  private static String[] compositionRoots(String root) {
    return new String[] {root + ".bootstrap..", root + ".embedded..", root + ".junit.."};
  }

  private static String[] plainJavaAnd(String... packages) {
    var plainJava =
        Stream.of("java.lang..", "java.util..", "java.time..", "java.nio..", "org.jspecify..");
    return Stream.concat(plainJava, Arrays.stream(packages)).toArray(String[]::new);
  }

  private static ArchRule adapterKnowsPortsAndDomain(
      String root, String adapter, DescribedPredicate<JavaClass> more) {
    return AdapterRule.knowsPortsAndDomain(
        new Root(root), List.of(root + ".adapter." + adapter), more);
  }

  /** The named types and what is nested in them. */
  private static DescribedPredicate<JavaClass> types(String root, String... names) {
    return describe(
        "one of " + String.join(", ", names),
        candidate -> {
          var outermost = candidate.getName().split("\\$", 2)[0];
          return Arrays.stream(names).map(root::concat).anyMatch(outermost::equals);
        });
  }

  private static DescribedPredicate<JavaAccess<?>> asksTheWorld() {
    return targetOwner(resideInAPackage("java.time.."))
        .and(target(nameMatching("now")))
        .or(asks(Clock.class, "system.*|tickMillis|tickSeconds|tickMinutes"))
        .or(asks(Locale.class, "getDefault"))
        .or(asks(Math.class, "random"))
        .or(asks(Random.class, "<init>"))
        .or(asks(System.class, "currentTimeMillis|nanoTime"))
        .or(asks(ThreadLocalRandom.class, "current"))
        .or(asks(TimeZone.class, "getDefault"))
        .or(asks(UUID.class, "randomUUID"))
        .or(asks(ZoneId.class, "systemDefault"))
        .as("the target is the machine's clock, chance or default");
  }

  private static DescribedPredicate<JavaAccess<?>> touchesTheProcess() {
    return asks(
            System.class,
            "getenv|getProperty|getProperties|setProperty|setProperties|clearProperty|exit"
                + "|setIn|setOut|setErr")
        .or(asks(Boolean.class, "getBoolean"))
        .or(asks(Integer.class, "getInteger"))
        .or(asks(Long.class, "getLong"))
        .or(asks(Thread.class, "setDefaultUncaughtExceptionHandler"))
        .or(asks(Security.class, "(add|insert|remove)Provider.*|setProperty"))
        .or(asks(Runtime.class, "addShutdownHook|exit|halt"))
        .or(asks(Locale.class, "setDefault"))
        .or(asks(TimeZone.class, "setDefault"))
        .or(asks(DriverManager.class, "(de)?registerDriver"))
        .as(
            "the target is the environment, a property, a stream, a default, a driver or the end of"
                + " the process");
  }

  private static DescribedPredicate<JavaAccess<?>> asks(Class<?> owner, String members) {
    return targetOwner(type(owner)).and(target(nameMatching(members)));
  }
}
