package io.storageconnections.adapter.auth;

import io.storageconnections.architecture.AdapterRule;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {

  @Test
  void this_adapter_keeps_what_every_adapter_keeps() {
    AdapterRule.checkAll(ArchitectureTest.class.getPackageName());
  }
}
