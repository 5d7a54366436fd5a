package io.storageconnections.adapter.metrics;

import static io.storageconnections.architecture.AdapterRule.PASSES_THE_CONTRACTS_OF_ITS_PORTS;
import static io.storageconnections.architecture.AdapterRule.USES_PORTS_OUTCOMES_AND_DOMAIN;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.storageconnections.architecture.AdapterRule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ArchitectureTest {

  private static final String PACKAGE = ArchitectureTest.class.getPackageName();

  private static final JavaClasses ALL = new ClassFileImporter().importPackages(PACKAGE);

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(PACKAGE);

  /** This adapter also decorates use cases, which a rule of this project allows to it alone. */
  @ParameterizedTest
  @EnumSource
  void this_adapter_follows_the_rules_for_adapters(AdapterRule rule) {
    if (rule != USES_PORTS_OUTCOMES_AND_DOMAIN) {
      rule.on(PACKAGE).check(rule == PASSES_THE_CONTRACTS_OF_ITS_PORTS ? ALL : PRODUCTION);
    }
  }
}
