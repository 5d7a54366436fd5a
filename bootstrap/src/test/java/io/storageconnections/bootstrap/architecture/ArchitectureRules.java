package io.storageconnections.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysFalse;
import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.originOwner;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
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
import java.time.Clock;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * What holds for every class of ours. A rule speaks of the packages below a root, so that the same
 * rule can be shown a tree where it does not hold.
 */
enum ArchitectureRules {
  DOMAIN_IS_PLAIN_JAVA(root ->
      classes()
          .that()
          .resideInAPackage(root + ".domain..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(plainJavaAnd(root + ".domain.."))
          .because("the domain outlives every framework")),

  APPLICATION_ADDS_DOMAIN_AND_JAKARTA_VALIDATION(root ->
      classes()
          .that()
          .resideInAPackage(root + ".application..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              plainJavaAnd(root + ".domain..", root + ".application..", "jakarta.validation.."))
          .because("use cases know neither HTTP nor SQL nor tokens, nor who checks constraints")),

  DEPENDENCIES_POINT_INWARDS(root ->
      onionArchitecture()
          .domainModels(root + ".domain..")
          .domainServices(root + ".application.port..", root + ".application.validation..")
          .applicationServices(root + ".application")
          .adapter("http", root + ".adapter.http..")
          .adapter("persistence", root + ".adapter.persistence..")
          .adapter("auth", root + ".adapter.auth..")
          .withOptionalLayers(false)
          .ensureAllClassesAreContainedInArchitectureIgnoring(root + ".bootstrap..")
          .ignoreDependency(resideInAPackage(root + ".bootstrap.."), alwaysTrue())
          .because("what is inside can then be read, tested and kept without what is outside")),

  HTTP_ADAPTER_KNOWS_USE_CASES_PORTS_AND_DOMAIN(root ->
      adapterKnowsPortsAndDomain(
              root,
              "http",
              types(root, ".application.UseCases", ".application.validation.Violation"))
          .because("a host calls the use cases and must find everything there, too")),

  PERSISTENCE_ADAPTER_KNOWS_PORTS_AND_DOMAIN(root ->
      adapterKnowsPortsAndDomain(root, "persistence", alwaysFalse())
          .because("a store keeps what it is given and decides nothing else")),

  AUTH_ADAPTER_KNOWS_PORTS_AND_DOMAIN(root ->
      adapterKnowsPortsAndDomain(root, "auth", alwaysFalse())
          .because("who calls is found out before anybody knows what is asked")),

  JAVALIN_STAYS_IN_HTTP(root -> only("io.javalin..", root, ".adapter.http..")),
  JETTY_STAYS_IN_HTTP(root -> only("org.eclipse.jetty..", root, ".adapter.http..")),
  SERVLETS_STAY_IN_HTTP(root -> only("jakarta.servlet..", root, ".adapter.http..")),
  JACKSON_STAYS_IN_HTTP(root -> only("tools.jackson..", root, ".adapter.http..")),
  JACKSON_ANNOTATIONS_STAY_IN_HTTP(
      root -> only("com.fasterxml.jackson..", root, ".adapter.http..")),
  JOOQ_STAYS_IN_PERSISTENCE(root -> only("org.jooq..", root, ".adapter.persistence..")),
  JDBC_STAYS_IN_PERSISTENCE(root -> only("java.sql..", root, ".adapter.persistence..")),
  DATA_SOURCE_STAYS_IN_PERSISTENCE_AND_BOOTSTRAP(
      root -> only("javax.sql..", root, ".adapter.persistence..", ".bootstrap..")),
  HIKARI_STAYS_IN_PERSISTENCE(root -> only("com.zaxxer.hikari..", root, ".adapter.persistence..")),
  FLYWAY_STAYS_IN_PERSISTENCE(root -> only("org.flywaydb..", root, ".adapter.persistence..")),
  NIMBUS_STAYS_IN_AUTH(root -> only("com.nimbusds..", root, ".adapter.auth..")),
  HIBERNATE_VALIDATOR_STAYS_IN_BOOTSTRAP(
      root -> only("org.hibernate.validator..", root, ".bootstrap..")),
  PICOCLI_STAYS_IN_BOOTSTRAP(root -> only("picocli..", root, ".bootstrap..")),
  SMALLRYE_STAYS_IN_BOOTSTRAP(root -> only("io.smallrye..", root, ".bootstrap..")),

  PACKAGES_HAVE_NO_CYCLES(root ->
      slices()
          .matching(root + ".(**)")
          .should()
          .beFreeOfCycles()
          .ignoreDependency(resideInAPackage(generated(root)), resideInAPackage(generated(root)))
          .because("packages in a cycle can only be understood all at once")),

  HEXAGON_IS_TOLD_ABOUT_THE_WORLD(root ->
      noClasses()
          .that()
          .resideInAnyPackage(root + ".domain..", root + ".application..")
          .should()
          .accessTargetWhere(asksTheWorld())
          .because("time, ids and settings come in from outside, where a test can choose them")),

  HEXAGON_KEEPS_NO_STATIC_STATE(root ->
      fields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage(root + ".domain..", root + ".application..")
          .and()
          .areStatic()
          .should()
          .beFinal()
          .because("two servers may run in one JVM")),

  NOBODY_WRITES_TO_STANDARD_STREAMS(root ->
      GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.because(
          "the streams belong to the host; we log, and the command line writes where it is"
              + " told")),

  NOBODY_LOGS_WITH_THE_JDK(root ->
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.logging..")
          .because("a host routes SLF4J, and needs one place to do so")),

  NOBODY_THROWS_GENERIC_EXCEPTIONS(root ->
      noClasses()
          .should(GeneralCodingRules.THROW_GENERIC_EXCEPTIONS)
          .orShould()
          .callConstructorWhere(
              targetOwner(type(Error.class)).and(originOwner(not(assignableTo(Error.class)))))
          .because("whoever catches one catches everything else with it")),

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
                              ".adapter.persistence.JooqRequestAllowance",
                              ".adapter.persistence.JooqStorageConnectionStore",
                              ".adapter.persistence.Migrations",
                              ".adapter.persistence.OpenIModelDirectory",
                              ".bootstrap.Main"))
                      .as("domain types, ports or listed entry classes")))
          .because("whatever is public is kept for those who use it")),

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
          .should()
          .haveModifier(FINAL)
          .because("none of them was made to be extended")),

  NAMES_SAY_WHAT_A_CLASS_IS(root ->
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("DTO")
          .orShould()
          .haveSimpleNameEndingWith("Dto")
          .orShould()
          .haveSimpleNameEndingWith("Mapper")
          .orShould()
          .haveSimpleNameEndingWith("Service")
          .because("such an ending fits every class, so it tells nothing about this one")),

  // An iModel and an iTwin are things of the API: IModelDirectory is a directory of iModels.
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

  ArchitectureRules(Function<String, ArchRule> rule) {
    this.rule = rule;
  }

  /** The rule for the packages below {@code root}, such as {@code io.storageconnections}. */
  ArchRule forRoot(String root) {
    return rule.apply(root);
  }

  /** What jOOQ's generator writes; nobody reads it as ours. */
  private static String generated(String root) {
    return root + ".adapter.persistence.schema..";
  }

  private static String[] plainJavaAnd(String... packages) {
    var plainJava =
        Stream.of("java.lang..", "java.util..", "java.time..", "java.nio..", "org.jspecify..");
    return Stream.concat(plainJava, Arrays.stream(packages)).toArray(String[]::new);
  }

  private static ArchRule adapterKnowsPortsAndDomain(
      String root, String adapter, DescribedPredicate<JavaClass> more) {
    var itself = root + ".adapter." + adapter + "..";
    var known =
        resideInAnyPackage(itself, root + ".application.port..", root + ".domain..").or(more);
    return noClasses()
        .that()
        .resideInAPackage(itself)
        .should()
        .dependOnClassesThat(resideInAPackage(root + "..").and(not(known)));
  }

  private static ArchRule only(String technology, String root, String... places) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(Arrays.stream(places).map(root::concat).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(technology)
        .because("it can be replaced where nobody else knows it");
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
        .or(asks(System.class, "getenv|getProperty|getProperties|currentTimeMillis|nanoTime"))
        .or(asks(TimeZone.class, "getDefault"))
        .or(asks(UUID.class, "randomUUID"))
        .or(asks(ZoneId.class, "systemDefault"))
        .as("the target is the machine's clock, chance, environment or default");
  }

  private static DescribedPredicate<JavaAccess<?>> asks(Class<?> owner, String members) {
    return targetOwner(type(owner)).and(target(nameMatching(members)));
  }
}
