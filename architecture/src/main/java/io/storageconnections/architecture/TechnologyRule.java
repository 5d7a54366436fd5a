package io.storageconnections.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** Which packages of this project may know a technology: nobody else does. */
public enum TechnologyRule {
  /** The web framework. */
  JAVALIN("io.javalin..", "adapter.http"),
  /** The HTTP server below Javalin. */
  JETTY("org.eclipse.jetty..", "adapter.http"),
  /** What Jetty and Javalin have in common. */
  SERVLETS("jakarta.servlet..", "adapter.http"),
  /** Reading and writing JSON. */
  JACKSON("tools.jackson..", "adapter.http"),
  /** Saying how members are spelt in JSON. */
  JACKSON_ANNOTATIONS("com.fasterxml.jackson..", "adapter.http"),
  /** Counting requests. */
  BUCKET4J("io.github.bucket4j..", "adapter.http"),
  /** Making and running SQL. */
  JOOQ("org.jooq..", "adapter.persistence"),
  /** Connections to databases. */
  JDBC("java.sql..", "adapter.persistence"),
  /** Where connections to databases come from. */
  DATA_SOURCE("javax.sql..", "adapter.persistence", "bootstrap", "embedded"),
  /** The pool of connections to a database. */
  HIKARI("com.zaxxer.hikari..", "adapter.persistence"),
  /** The embedded database. */
  H2("org.h2..", "adapter.persistence"),
  /** Running migrations. */
  FLYWAY("org.flywaydb..", "adapter.persistence"),
  /** Tokens and their keys. */
  NIMBUS("com.nimbusds..", "adapter.auth"),
  /** Who checks constraints. */
  HIBERNATE_VALIDATOR("org.hibernate.validator..", "embedded"),
  /** Commands and their options. */
  PICOCLI("picocli..", "bootstrap");

  private final String technology;

  // The list is never changed.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> places;

  TechnologyRule(String technology, String... places) {
    this.technology = technology;
    this.places = List.of(places);
  }

  /**
   * {@return the packages that may know it, below the root; never empty, the one that needs it
   * first}
   */
  public List<String> places() {
    return places;
  }

  /**
   * Makes the rule for a tree of packages.
   *
   * @param root the package that the tree is below, such as {@code io.storageconnections}
   * @return the rule, to be evaluated on the production classes of that tree
   */
  public ArchRule forRoot(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(
            places.stream().map(place -> root + "." + place + "..").toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(technology)
        .because("it can be replaced where nobody else knows it");
  }
}
