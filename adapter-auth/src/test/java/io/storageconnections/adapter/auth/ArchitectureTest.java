package io.storageconnections.adapter.auth;

import io.storageconnections.architecture.AdapterRule;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {

  @Test
  void this_adapter_keeps_the_rules_for_adapters() {
    AdapterRule.checkAll(ArchitectureTest.class.getPackageName());
  }
}
