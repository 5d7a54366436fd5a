package io.storageconnections.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.sql.Connection;
import java.util.List;

/** The rules that state for each technology which packages of this project may use it. */
public enum TechnologyRule {
  /** The web framework. */
  JAVALIN("io.javalin..", "adapter.http", "platform.http"),
  /** The HTTP server below Javalin. */
  JETTY("org.eclipse.jetty..", "adapter.http"),
  /** The API between Jetty and Javalin. */
  SERVLETS("jakarta.servlet..", "adapter.http", "platform.http"),
  /** Reading and writing JSON. */
  JACKSON(
      "tools.jackson..", "adapter.http", "adapter.connectors", "adapter.platform", "platform.http"),
  /** The names of members in JSON. */
  JACKSON_ANNOTATIONS("com.fasterxml.jackson..", "adapter.http", "platform.http"),
  /** The rate limit. */
  BUCKET4J("io.github.bucket4j..", "adapter.http"),
  /** Building and running SQL. */
  JOOQ("org.jooq..", "adapter.persistence", "platform.persistence"),
  /** Database connections. A host passes a {@link Connection} with its transaction. */
  JDBC("java.sql..", "adapter.persistence", "adapter.execution", "spring"),
  /** The source of database connections, which a host, the server or a test passes in. */
  DATA_SOURCE(
      "javax.sql..",
      "adapter.persistence",
      "adapter.execution",
      "bootstrap",
      "embedded",
      "junit",
      "platform",
      "spring"),
  /** The connection pool. */
  HIKARI("com.zaxxer.hikari..", "adapter.persistence"),
  /** The embedded database. */
  H2("org.h2..", "adapter.persistence"),
  /** Metrics. */
  MICROMETER("io.micrometer..", "adapter.metrics"),
  /** Migrations. */
  FLYWAY("org.flywaydb..", "adapter.persistence"),
  /** The queue of runs. */
  DB_SCHEDULER("com.github.kagkarlsson..", "adapter.execution"),
  /** Tokens and keys. */
  NIMBUS("com.nimbusds..", "adapter.auth"),
  /** Traces. */
  OPEN_TELEMETRY("io.opentelemetry..", "adapter.http", "adapter.platform", "bootstrap"),
  /** The validation provider. */
  HIBERNATE_VALIDATOR("org.hibernate.validator..", "embedded"),
  /** Applications with Spring Boot. */
  SPRING("org.springframework..", "spring"),
  /** Seeds in YAML. */
  SNAKEYAML("org.snakeyaml..", "platform.seed.yaml"),
  /** The command line. */
  PICOCLI("picocli..", "bootstrap");

  private final String technology;

  // The list is immutable.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> places;

  TechnologyRule(String technology, String... places) {
    this.technology = technology;
    this.places = List.of(places);
  }

  /**
   * {@return the packages that may use the technology, relative to the root; at least one, and
   * first the one that cannot do without it}
   */
  public List<String> places() {
    return places;
  }

  /**
   * Returns the rule for a tree of packages. Evaluate it on the production classes of the tree.
   *
   * @param root the root package of the tree, such as {@code io.storageconnections}
   */
  public ArchRule forRoot(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(
            places.stream().map(place -> root + "." + place + "..").toArray(String[]::new))
        .should()
        .dependOnClassesThat(resideInAPackage(technology).and(not(type(Connection.class))))
        .because("only one place must change when the technology is replaced");
  }
}
