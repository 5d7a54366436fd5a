package io.storageconnections.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
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
import java.io.IOException;
import java.io.InputStream;
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
 * The rules for the production classes of this project. Each rule is a function of the tree's root
 * package, so that tests can evaluate it on a tree of planted violations.
 */
public enum HexagonRule {
  /** The domain uses only plain packages of the JDK, JSpecify and itself. */
  DOMAIN_IS_PLAIN_JAVA(root ->
      classes()
          .that()
          .resideInAPackage(root + ".domain..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(plainJavaAnd(root + ".domain.."))
          .because("the domain must not change when a framework does")),

  /**
   * The application uses only what the domain uses, the domain, itself and Jakarta Validation; and
   * the stream that a port returns for the content of a file. It opens no file itself.
   */
  APPLICATION_USES_ONLY_DOMAIN_AND_JAKARTA_VALIDATION(root ->
      classes()
          .that()
          .resideInAPackage(root + ".application..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      plainJavaAnd(
                          root + ".domain..", root + ".application..", "jakarta.validation.."))
                  .or(type(InputStream.class))
                  .or(type(IOException.class)))
          .because("a use case depends on no HTTP, no SQL, no token and no validation provider")),

  /**
   * Composition roots use adapters, adapters the application, use cases the ports, outcomes and
   * validation, and all of them the domain. No dependency points in the other direction, and no
   * adapter uses another one.
   */
  DEPENDENCIES_POINT_INWARDS(root ->
      onionArchitecture()
          .domainModels(root + ".domain..")
          .domainServices(
              root + ".application.port..",
              root + ".application.outcome..",
              root + ".application.validation..")
          .applicationServices(
              resideInAPackage(root + ".application..")
                  .and(
                      resideOutsideOfPackages(
                          root + ".application.port..",
                          root + ".application.outcome..",
                          root + ".application.validation..")))
          .adapter("http", root + ".adapter.http..")
          .adapter("persistence", root + ".adapter.persistence..")
          .adapter("auth", root + ".adapter.auth..")
          .adapter("platform", root + ".adapter.platform..")
          .adapter("connectors", root + ".adapter.connectors..")
          .adapter("execution", root + ".adapter.execution..")
          .adapter("metrics", root + ".adapter.metrics..")
          .withOptionalLayers(false)
          .ensureAllClassesAreContainedInArchitectureIgnoring(compositionRoots(root))
          .ignoreDependency(resideInAnyPackage(compositionRoots(root)), alwaysTrue())
          .because("an inner ring can then be read, tested and kept without the outer ones")),

  /**
   * Of this project, the HTTP adapter uses the domain and the application, without its validation
   * and without the outbound ports that only use cases call. It uses violations, to report them.
   */
  HTTP_ADAPTER_USES_USE_CASES_AND_DOMAIN(root ->
      useOnly(
              root,
              "http",
              resideInAnyPackage(root + ".application..", root + ".domain..")
                  .and(not(resideInAPackage(root + ".application.validation")))
                  .and(not(outboundPort(root))))
          .because("a host calls the same use cases without HTTP, and must get the same answers")),

  /** Only one class of the server knows that there is a local platform. */
  LOCAL_PLATFORM_IS_USED_ONLY_BY_THE_SERVER(root ->
      noClasses()
          .that()
          .resideInAPackage(root + "..")
          .and()
          .resideOutsideOfPackage(root + ".platform..")
          .and(not(types(root, ".bootstrap.ServedPlatform", ".bootstrap.SeedFile")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(root + ".platform..")
          .because("the library and the server can be built and run without it")),

  /** Of this project, the persistence adapter uses the outbound ports, outcomes and the domain. */
  PERSISTENCE_ADAPTER_USES_PORTS_OUTCOMES_AND_DOMAIN(root ->
      useOnly(root, "persistence", AdapterRule.portsOutcomesAndDomain(root))
          .because("a store stores; use cases decide")),

  /** Of this project, the auth adapter uses only the outbound ports and their values. */
  AUTH_ADAPTER_USES_ONLY_PORTS(root ->
      useOnly(root, "auth", resideInAPackage(root + ".application.port.."))
          .because("the server identifies the caller before it reads the request")),

  /** Of this project, the platform adapter uses the outbound ports, their values and the domain. */
  PLATFORM_ADAPTER_USES_PORTS_AND_DOMAIN(root ->
      useOnly(
              root,
              "platform",
              resideInAnyPackage(root + ".application.port..", root + ".domain.."))
          .because("the platform says what exists; use cases decide what follows")),

  /** Of this project, the connectors use the outbound ports, their values and the domain. */
  CONNECTORS_USE_PORTS_AND_DOMAIN(root ->
      useOnly(
              root,
              "connectors",
              resideInAnyPackage(root + ".application.port..", root + ".domain.."))
          .because("a connector synchronizes a file; the run decides what follows")),

  /**
   * Of this project, the execution adapter uses the outbound ports, their values and the domain,
   * and the one use case that it calls.
   */
  EXECUTION_ADAPTER_USES_ONE_USE_CASE(root ->
      useOnly(
              root,
              "execution",
              resideInAnyPackage(root + ".application.port..", root + ".domain..")
                  .or(types(root, ".application.run.ExecuteRun")))
          .because("the queue says which worker has a run; the use case executes it")),

  /**
   * Of this project, the metrics use the domain and the application, without its validation: they
   * decorate use cases and ports.
   */
  METRICS_ADAPTER_USES_USE_CASES_PORTS_AND_DOMAIN(root ->
      useOnly(
              root,
              "metrics",
              resideInAnyPackage(root + ".application..", root + ".domain..")
                  .and(not(resideInAPackage(root + ".application.validation"))))
          .because("a metric observes an operation, and decides nothing")),

  /** Every outbound port has an implementation in an adapter. */
  OUTBOUND_PORTS_ARE_IMPLEMENTED_BY_ADAPTERS(root ->
      classes()
          .that(outboundPort(root))
          .should(
              be(
                  describe(
                      "implemented by an adapter",
                      port ->
                          port.getAllSubclasses().stream()
                              .anyMatch(resideInAPackage(root + ".adapter..")))))
          .because("a port states what the use cases need from an adapter")),

  /** The implementations of inbound ports, named {@code …UseCase}, are not public. */
  USE_CASES_ARE_CALLED_THROUGH_THEIR_PORTS(root ->
      noClasses()
          .that()
          .resideInAPackage(root + ".application..")
          .and()
          .haveSimpleNameEndingWith("UseCase")
          .should()
          .bePublic()
          .because("the port is the API; its implementation may change")),

  /** Use cases ask the directory about access only through the package that decides about it. */
  ACCESS_IS_DECIDED_IN_ONE_PLACE(root ->
      noClasses()
          .that()
          .resideInAPackage(root + ".application..")
          .and()
          .resideOutsideOfPackage(root + ".application.access")
          .should()
          .callMethodWhere(
              target(nameMatching("access"))
                  .and(targetOwner(types(root, ".application.port.IModelDirectory"))))
          .because("an operation that asks by itself may forget the policy, or tell too much")),

  /** Packages do not depend on each other in a circle, except for generated packages. */
  PACKAGES_HAVE_NO_CYCLES(root ->
      slices()
          .matching(root + ".(**)")
          .should()
          .beFreeOfCycles()
          .ignoreDependency(
              resideInAnyPackage(generated(root)), resideInAnyPackage(generated(root)))
          .because("packages in a cycle can only be understood together")),

  /**
   * No package depends on a package that contains it, except for generated packages. The root
   * package of a module uses the packages below it, and none of them uses the root package.
   */
  NO_PACKAGE_DEPENDS_ON_A_PACKAGE_ABOVE_IT(root ->
      noClasses()
          .that()
          .resideInAPackage(root + "..")
          .and()
          .resideOutsideOfPackages(generated(root))
          .should(
              Conditions.depend(
                  "depend on a package that contains theirs",
                  dependency ->
                      dependency
                          .getOriginClass()
                          .getPackageName()
                          .startsWith(dependency.getTargetClass().getPackageName() + ".")))
          .because("a package is read and tested without the packages that use it")),

  /**
   * No class uses an internal package of another module. The local platform may use what all routes
   * and all stores of this project have in common, so that it exists once.
   */
  INTERNAL_PACKAGES_ARE_USED_ONLY_IN_THEIR_MODULE(root ->
      noClasses()
          .that()
          .resideInAPackage(root + "..")
          .should(
              Conditions.depend(
                  "depend on an internal package of another module",
                  dependency ->
                      PublicApi.isInternal(root).test(dependency.getTargetClass())
                          && !(resideInAPackage(root + ".platform..")
                                  .test(dependency.getOriginClass())
                              && resideInAnyPackage(sharedWithTheLocalPlatform(root))
                                  .test(dependency.getTargetClass()))
                          && !PublicApi.moduleOf(root, dependency.getTargetClass())
                              .equals(PublicApi.moduleOf(root, dependency.getOriginClass()))))
          .because("internal packages may change with any version")),

  /**
   * The public API of a module exposes no class of an internal package. {@code RouteGroup} is the
   * exception: only modules of this project implement it.
   */
  PUBLIC_API_EXPOSES_NO_INTERNAL_PACKAGE(root ->
      noClasses()
          .that(PublicApi.isPublicApi(root))
          .and(not(types(root, ".adapter.http.RouteGroup")))
          .and(describe("are public, as their enclosing classes are", HexagonRule::isAccessible))
          .should(Conditions.expose(PublicApi.isInternal(root)))
          .because("a host can use the API only if it can name its types")),

  /**
   * Domain and application read no clock, no random number and no default of the machine. A use
   * case gets its clock and its ids as dependencies.
   */
  HEXAGON_IS_DETERMINISTIC(root ->
      noClasses()
          .that()
          .resideInAnyPackage(root + ".domain..", root + ".application..")
          .should()
          .accessTargetWhere(readsClockRandomnessOrDefault())
          .because("a test must be able to choose the time, the ids and the settings")),

  /** The static fields of domain and application never change. */
  HEXAGON_HAS_NO_MUTABLE_STATIC_STATE(root ->
      fields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage(root + ".domain..", root + ".application..")
          .and()
          .areStatic()
          .and()
          // The compiler's array of an enum's constants, and its table for a switch over them.
          .doNotHaveModifier(SYNTHETIC)
          .should(Conditions.neverChange())
          .because("two servers may run in one JVM")),

  /**
   * Only {@code Main} uses what a process has once: its environment, properties, defaults, streams,
   * hooks and exit. {@code TerminationSignals} ends the process for it.
   */
  ONLY_MAIN_USES_PROCESS_WIDE_STATE(root ->
      noClasses()
          .that(not(types(root, ".bootstrap.Main", ".bootstrap.process.TerminationSignals")))
          .should()
          .accessTargetWhere(usesProcessWideState())
          .because("process-wide state belongs to the host")),

  /** No class uses the standard streams. */
  NO_CLASS_USES_STANDARD_STREAMS(root ->
      GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.because(
          "the streams belong to the host; classes log, and commands write to the stream that"
              + " they get")),

  /**
   * No class logs with {@code java.util.logging}. A data source may still declare the method that
   * returns its driver's logger, because the JDK's interface demands it.
   */
  NO_CLASS_LOGS_WITH_JAVA_UTIL_LOGGING(root ->
      noClasses()
          .should()
          .accessTargetWhere(targetOwner(resideInAPackage("java.util.logging..")))
          .because("a host configures one logging facade, SLF4J")),

  /** No class throws an exception whose type does not tell the kind of failure. */
  NO_CLASS_THROWS_GENERIC_EXCEPTIONS(root ->
      noClasses()
          .should(AdapterRule.throwGenericExceptions())
          .because("a caller who catches a generic exception catches defects with it")),

  /**
   * A public class is final, unless it is an interface, an enum, abstract and sealed, or generated.
   */
  PUBLIC_CLASSES_ARE_FINAL(root ->
      classes()
          .that()
          .arePublic()
          .and()
          .areNotInterfaces()
          .and()
          .areNotEnums()
          .and(
              not(
                  describe(
                      "are abstract and sealed",
                      candidate ->
                          candidate.isSealed() && candidate.getModifiers().contains(ABSTRACT))))
          .and()
          .resideOutsideOfPackages(generated(root))
          .should()
          .haveModifier(FINAL)
          .because("no class is designed for extension")),

  /**
   * No name ends with a word that fits every class. {@code StorageConnectionsService} is the
   * exception: it is the whole service.
   */
  NAMES_SAY_WHAT_A_CLASS_IS(root ->
      noClasses()
          .that(not(types(root, ".embedded.StorageConnectionsService")))
          .should()
          .haveNameMatching(".*(Impl|Manager|Helper|Utils?|DTO|Dto|Mapper|Service)")
          .because("a word that fits every class tells nothing about this class")),

  /**
   * No interface has the prefix {@code I}. The names of the API's iModels and iTwins begin with
   * that letter too: {@code IModelDirectory} is a directory of iModels.
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
          .because("the user of a type need not know whether it is an interface")),

  /** Every package is null-marked, except for generated packages. */
  PACKAGES_ARE_NULL_MARKED(root ->
      classes()
          .that()
          .resideOutsideOfPackages(generated(root))
          .should(
              be(
                  describe(
                      "in a package whose package-info is @NullMarked",
                      (JavaClass candidate) ->
                          candidate.getPackage().isAnnotatedWith(NullMarked.class))))
          .because("the compiler checks nullness only in null-marked packages"));

  // The functions are stateless.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Function<String, ArchRule> rule;

  HexagonRule(Function<String, ArchRule> rule) {
    this.rule = rule;
  }

  /**
   * Returns the rule for a tree of packages. Evaluate it on the production classes of the tree.
   *
   * @param root the root package of the tree, such as {@code io.storageconnections}
   */
  public ArchRule forRoot(String root) {
    return rule.apply(root);
  }

  /** Returns the patterns of the packages that jOOQ generates. */
  private static String[] generated(String root) {
    return new String[] {
      root + ".adapter.persistence.schema..", root + ".platform.persistence.schema.."
    };
  }

  /** Returns the patterns of the internal packages that the local platform may use. */
  private static String[] sharedWithTheLocalPlatform(String root) {
    return new String[] {
      root + ".adapter.http.error",
      root + ".adapter.http.pipeline",
      root + ".adapter.http.request",
      root + ".adapter.http.response",
      root + ".adapter.persistence.database",
      root + ".adapter.persistence.sql"
    };
  }

  /**
   * Returns the patterns of the packages that select and connect the classes of all rings. The
   * local platform has rings of its own, which a test of its module checks; to the other rings it
   * is a composition root.
   */
  private static String[] compositionRoots(String root) {
    return new String[] {
      root + ".bootstrap..",
      root + ".embedded..",
      root + ".junit..",
      root + ".platform..",
      root + ".spring.."
    };
  }

  private static String[] plainJavaAnd(String... packages) {
    var plainJava =
        Stream.of("java.lang..", "java.util..", "java.time..", "java.nio..", "org.jspecify..");
    return Stream.concat(plainJava, Arrays.stream(packages)).toArray(String[]::new);
  }

  private static ArchRule useOnly(
      String root, String adapter, DescribedPredicate<? super JavaClass> allowed) {
    return AdapterRule.useOnly(root, List.of(root + ".adapter." + adapter), allowed);
  }

  /** Matches the interfaces that adapters implement. A sealed interface is a value instead. */
  private static DescribedPredicate<JavaClass> outboundPort(String root) {
    return describe(
        "are outbound ports",
        candidate ->
            candidate.getPackageName().equals(root + ".application.port")
                && candidate.isInterface()
                && candidate.isTopLevelClass()
                && !candidate.isSealed()
                && !candidate.getSimpleName().equals("package-info"));
  }

  private static boolean isAccessible(JavaClass candidate) {
    return candidate.getModifiers().contains(PUBLIC)
        && candidate.getEnclosingClass().stream().allMatch(HexagonRule::isAccessible);
  }

  /** Matches the named classes and their nested classes. */
  private static DescribedPredicate<JavaClass> types(String root, String... names) {
    return describe(
        "one of " + String.join(", ", names),
        candidate -> {
          var outermost = candidate.getName().split("\\$", 2)[0];
          return Arrays.stream(names).map(root::concat).anyMatch(outermost::equals);
        });
  }

  private static DescribedPredicate<JavaAccess<?>> readsClockRandomnessOrDefault() {
    return targetOwner(resideInAPackage("java.time.."))
        .and(target(nameMatching("now")))
        .or(uses(Clock.class, "system.*|tickMillis|tickSeconds|tickMinutes"))
        .or(uses(Locale.class, "getDefault"))
        .or(uses(Math.class, "random"))
        .or(uses(Random.class, "<init>"))
        .or(uses(System.class, "currentTimeMillis|nanoTime"))
        .or(uses(ThreadLocalRandom.class, "current"))
        .or(uses(TimeZone.class, "getDefault"))
        .or(uses(UUID.class, "randomUUID"))
        .or(uses(ZoneId.class, "systemDefault"))
        .as("the target reads a clock, a random number or a default of the machine");
  }

  private static DescribedPredicate<JavaAccess<?>> usesProcessWideState() {
    return uses(
            System.class,
            "getenv|getProperty|getProperties|setProperty|setProperties|clearProperty|exit"
                + "|setIn|setOut|setErr")
        .or(uses(Boolean.class, "getBoolean"))
        .or(uses(Integer.class, "getInteger"))
        .or(uses(Long.class, "getLong"))
        .or(uses(Thread.class, "setDefaultUncaughtExceptionHandler"))
        .or(uses(Security.class, "(add|insert|remove)Provider.*|setProperty"))
        .or(uses(Runtime.class, "addShutdownHook|exit|halt"))
        .or(uses(Locale.class, "setDefault"))
        .or(uses(TimeZone.class, "setDefault"))
        .or(uses(DriverManager.class, "(de)?registerDriver"))
        .as("the target is process-wide: environment, property, stream, default, driver or exit");
  }

  private static DescribedPredicate<JavaAccess<?>> uses(Class<?> owner, String members) {
    return targetOwner(type(owner)).and(target(nameMatching(members)));
  }
}
