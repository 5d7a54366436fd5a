package io.storageconnections.application.contract.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.port.StorageConnectionStore;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contracts let adapters pass that are right, and no other. */
final class ContractKitBitesTest {

  @ParameterizedTest
  @MethodSource("io.storageconnections.application.contract.proof.ContractRun#adapters")
  void an_adapter_without_a_bug_keeps_its_contract(Class<?> adapter) {
    var run = ContractRun.of(adapter);
    assertThat(run.passed()).isNotEmpty();
    assertThat(run.caught()).isEmpty();
    assertThat(run.broken()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void a_bug_is_caught_by_the_tests_it_names(Class<?> bug) {
    assertThat(ContractRun.of(bug, caughtBy(bug)).caught())
        .as(() -> "of all tests, these catch it: " + ContractRun.of(bug).caught())
        .containsExactlyInAnyOrder(caughtBy(bug));
  }

  @Test
  void no_test_of_a_contract_is_there_in_vain() {
    assertThat(ContractRun.tests())
        .isNotEmpty()
        .isSubsetOf(bugs().flatMap(bug -> Arrays.stream(caughtBy(bug))).toList());
  }

  @Test
  void of_stores_alone_there_are_twenty_bugs_and_more() {
    assertThat(bugs())
        .filteredOn(StorageConnectionStore.class::isAssignableFrom)
        .hasSizeGreaterThan(20);
  }

  private static String[] caughtBy(Class<?> bug) {
    return bug.getAnnotation(CaughtBy.class).value();
  }

  static Stream<Class<?>> bugs() {
    return Stream.of(
            MappingBugs.class,
            KeepingBugs.class,
            ListBugs.class,
            ChangeBugs.class,
            LimitBugs.class,
            OtherPortBugs.class)
        .flatMap(bugs -> Arrays.stream(bugs.getDeclaredClasses()))
        .filter(bug -> bug.isAnnotationPresent(CaughtBy.class))
        .sorted(Comparator.comparing(Class::getName));
  }
}
