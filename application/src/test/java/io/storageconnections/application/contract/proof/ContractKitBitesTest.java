package io.storageconnections.application.contract.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.port.RunStore;
import io.storageconnections.application.port.StorageConnectionStore;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that correct adapters pass the contract tests, and adapters with a planted bug do not. */
final class ContractKitBitesTest {

  @ParameterizedTest
  @MethodSource("io.storageconnections.application.contract.proof.ContractRun#adapters")
  void a_correct_adapter_passes_its_contract(Class<?> adapter) {
    var run = ContractRun.of(adapter);
    assertThat(run.passed()).isNotEmpty();
    assertThat(run.caught()).isEmpty();
    assertThat(run.broken()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void a_planted_bug_is_caught_by_the_tests_that_its_annotation_names(Class<?> bug) {
    assertThat(ContractRun.of(bug, caughtBy(bug)).caught())
        .as(() -> "tests of the contract that catch the bug: " + ContractRun.of(bug).caught())
        .containsExactlyInAnyOrder(caughtBy(bug));
  }

  @Test
  void every_contract_test_catches_a_planted_bug() {
    assertThat(ContractRun.tests())
        .isNotEmpty()
        .isSubsetOf(bugs().flatMap(bug -> Arrays.stream(caughtBy(bug))).toList());
  }

  @Test
  void there_are_more_than_20_planted_bugs_of_stores() {
    assertThat(bugs())
        .filteredOn(StorageConnectionStore.class::isAssignableFrom)
        .hasSizeGreaterThan(20);
  }

  @Test
  void there_are_more_than_30_planted_bugs_of_stores_of_runs() {
    assertThat(bugs()).filteredOn(RunStore.class::isAssignableFrom).hasSizeGreaterThan(30);
  }

  private static String[] caughtBy(Class<?> bug) {
    return bug.getAnnotation(CaughtBy.class).value();
  }

  static Stream<Class<?>> bugs() {
    return Stream.of(
            MappingBugs.class,
            ReadAndWriteBugs.class,
            ListBugs.class,
            ChangeBugs.class,
            LimitBugs.class,
            RunBugs.class,
            RunEventBugs.class,
            AuditBugs.class,
            ScriptBugs.class,
            OtherPortBugs.class)
        .flatMap(bugs -> Arrays.stream(bugs.getDeclaredClasses()))
        .filter(bug -> bug.isAnnotationPresent(CaughtBy.class))
        .sorted(Comparator.comparing(Class::getName));
  }
}
