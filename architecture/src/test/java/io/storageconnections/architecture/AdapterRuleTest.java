package io.storageconnections.architecture;

import static io.storageconnections.architecture.AdapterRule.KNOWS_PORTS_AND_DOMAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Shows the rules the adapters of a host: sound ones, and for each rule one that breaks it. */
final class AdapterRuleTest {

  private static final String HOST = AdapterRuleTest.class.getPackageName() + ".planted.host";
  private static final String SOUND = HOST + ".sound";
  private static final String TOKENS = HOST + ".tokens";
  private static final String OTHER = HOST + ".other";

  private static final JavaClasses PLANTED = new ClassFileImporter().importPackages(HOST);

  @ParameterizedTest
  @EnumSource
  void a_sound_adapter_keeps(AdapterRule rule) {
    rule.on(SOUND).check(PLANTED);
  }

  @ParameterizedTest
  @CsvSource({
    "KNOWS_PORTS_AND_DOMAIN, KnowingTheUseCases.useCases",
    "KNOWS_PORTS_AND_DOMAIN, KnowingTheUseCases.requests",
    "KNOWS_NO_OTHER_ADAPTER, KnowingAnotherAdapter.other",
    "KEEPS_THE_CONTRACTS_OF_ITS_PORTS, Untested",
    "KEEPS_THE_CONTRACTS_OF_ITS_PORTS, TestedByNobody",
    "WRITES_TO_NO_STANDARD_STREAM, Printing.toOut",
    "WRITES_TO_NO_STANDARD_STREAM, Printing.toErr",
    "THROWS_NO_GENERIC_EXCEPTIONS, ThrowingAnything.runtimeException",
    "THROWS_NO_GENERIC_EXCEPTIONS, ThrowingAnything.error",
  })
  void a_planted_violation_is_reported(AdapterRule rule, String culprit) {
    assertThat(details(rule)).anyMatch(detail -> detail.contains("<" + TOKENS + "." + culprit));
  }

  @ParameterizedTest
  @EnumSource
  void nobody_else_is_reported(AdapterRule rule) {
    var culprits =
        switch (rule) {
          case KNOWS_PORTS_AND_DOMAIN -> List.of("KnowingTheUseCases");
          case KNOWS_NO_OTHER_ADAPTER -> List.of("KnowingAnotherAdapter");
          case KEEPS_THE_CONTRACTS_OF_ITS_PORTS -> List.of("Untested", "TestedByNobody");
          case WRITES_TO_NO_STANDARD_STREAM -> List.of("Printing");
          case THROWS_NO_GENERIC_EXCEPTIONS -> List.of("ThrowingAnything");
        };
    assertThat(details(rule))
        .isNotEmpty()
        .allMatch(detail ->
            culprits.stream().anyMatch(culprit -> detail.contains("<" + TOKENS + "." + culprit)));
  }

  private static List<String> details(AdapterRule rule) {
    return rule.on(SOUND, TOKENS, OTHER).evaluate(PLANTED).getFailureReport().getDetails();
  }

  @Test
  void adapters_are_told_by_their_packages() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> KNOWS_PORTS_AND_DOMAIN.on());
  }

  @Test
  void a_package_without_adapters_keeps_no_rule() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> AdapterRule.checkAll("org.example.misspelt"));
  }
}
