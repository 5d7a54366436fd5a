package io.storageconnections.adapter.metrics;

import io.storageconnections.architecture.AdapterRule;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {

  @Test
  void this_adapter_follows_the_rules_for_adapters() {
    AdapterRule.checkAll(ArchitectureTest.class.getPackageName());
  }
}
