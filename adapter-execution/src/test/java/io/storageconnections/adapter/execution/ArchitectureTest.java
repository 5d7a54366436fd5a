package io.storageconnections.adapter.execution;

import static io.storageconnections.architecture.AdapterRule.USES_PORTS_OUTCOMES_AND_DOMAIN;

import io.storageconnections.architecture.AdapterRule;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {

  /** This adapter also calls a use case, which a rule of this project allows to it alone. */
  @Test
  void this_adapter_follows_the_rules_for_adapters() {
    AdapterRule.checkAllExcept(
        Set.of(USES_PORTS_OUTCOMES_AND_DOMAIN), ArchitectureTest.class.getPackageName());
  }
}
