package io.storageconnections.architecture;

import static io.storageconnections.architecture.AdapterRule.USES_PORTS_OUTCOMES_AND_DOMAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Evaluates the rules on planted adapters of a host: a sound one, and others that break a rule. */
final class AdapterRuleTest {

  private static final String HOST = AdapterRuleTest.class.getPackageName() + ".planted.host";
  private static final String SOUND = HOST + ".sound";
  private static final String STORE = HOST + ".store";
  private static final String OTHER = HOST + ".other";

  private static final JavaClasses PLANTED = new ClassFileImporter().importPackages(HOST);

  @ParameterizedTest
  @EnumSource
  void a_sound_adapter_breaks_no_rule(AdapterRule rule) {
    rule.on(SOUND).check(PLANTED);
  }

  @ParameterizedTest
  @CsvSource({
    "USES_PORTS_OUTCOMES_AND_DOMAIN, UsingTheUseCases.useCases",
    "USES_PORTS_OUTCOMES_AND_DOMAIN, UsingTheUseCases.validator",
    "USES_NO_OTHER_ADAPTER, UsingAnotherAdapter.other",
    "PASSES_THE_CONTRACTS_OF_ITS_PORTS, Untested",
    "PASSES_THE_CONTRACTS_OF_ITS_PORTS, WithoutConcreteTest",
    "USES_NO_STANDARD_STREAM, Printing.toOut",
    "USES_NO_STANDARD_STREAM, Printing.toErr",
    "THROWS_NO_GENERIC_EXCEPTIONS, ThrowingGenericExceptions.runtimeException",
    "THROWS_NO_GENERIC_EXCEPTIONS, ThrowingGenericExceptions.error",
  })
  void a_planted_violation_is_reported(AdapterRule rule, String culprit) {
    assertThat(details(rule)).anyMatch(detail -> detail.contains("<" + STORE + "." + culprit));
  }

  @ParameterizedTest
  @EnumSource
  void no_other_class_is_reported(AdapterRule rule) {
    var culprits =
        switch (rule) {
          case USES_PORTS_OUTCOMES_AND_DOMAIN -> List.of("UsingTheUseCases");
          case USES_NO_OTHER_ADAPTER -> List.of("UsingAnotherAdapter");
          case PASSES_THE_CONTRACTS_OF_ITS_PORTS -> List.of("Untested", "WithoutConcreteTest");
          case USES_NO_STANDARD_STREAM -> List.of("Printing");
          case THROWS_NO_GENERIC_EXCEPTIONS -> List.of("ThrowingGenericExceptions");
        };
    assertThat(details(rule))
        .isNotEmpty()
        .allMatch(detail ->
            culprits.stream().anyMatch(culprit -> detail.contains("<" + STORE + "." + culprit)));
  }

  private static List<String> details(AdapterRule rule) {
    return rule.on(SOUND, STORE, OTHER).evaluate(PLANTED).getFailureReport().getDetails();
  }

  @Test
  void at_least_one_package_is_required() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> USES_PORTS_OUTCOMES_AND_DOMAIN.on());
  }

  @Test
  void a_package_without_classes_fails() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> AdapterRule.checkAll("org.example.misspelt"));
  }
}
