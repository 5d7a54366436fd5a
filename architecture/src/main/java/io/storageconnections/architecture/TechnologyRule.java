package io.storageconnections.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** Which packages of this project may know a technology: nobody else does. */
public enum TechnologyRule {
  JAVALIN("io.javalin..", "adapter.http"),
  JETTY("org.eclipse.jetty..", "adapter.http"),
  SERVLETS("jakarta.servlet..", "adapter.http"),
  JACKSON("tools.jackson..", "adapter.http"),
  JACKSON_ANNOTATIONS("com.fasterxml.jackson..", "adapter.http"),
  BUCKET4J("io.github.bucket4j..", "adapter.http"),
  JOOQ("org.jooq..", "adapter.persistence"),
  JDBC("java.sql..", "adapter.persistence"),
  DATA_SOURCE("javax.sql..", "adapter.persistence", "bootstrap", "embedded", "junit"),
  HIKARI("com.zaxxer.hikari..", "adapter.persistence"),
  FLYWAY("org.flywaydb..", "adapter.persistence"),
  NIMBUS("com.nimbusds..", "adapter.auth"),
  HIBERNATE_VALIDATOR("org.hibernate.validator..", "bootstrap", "embedded", "junit"),
  PICOCLI("picocli..", "bootstrap"),
  SMALLRYE("io.smallrye..", "bootstrap");

  private final String technology;

  // The list is never changed.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> places;

  TechnologyRule(String technology, String... places) {
    this.technology = technology;
    this.places = List.of(places);
  }

  /** The packages that may know it, below the root; never empty, the one that needs it first. */
  public List<String> places() {
    return places;
  }

  /** The rule for the packages below {@code root}, such as {@code io.storageconnections}. */
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
