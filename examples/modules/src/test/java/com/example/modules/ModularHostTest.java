package com.example.modules;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.UseCases;
import io.storageconnections.embedded.StorageConnectionsService;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ModularHostTest {

  @Test
  void the_host_and_the_library_run_as_modules() {
    assertThat(
            Stream.of(ModularHost.class, UseCases.class, StorageConnectionsService.class)
                .map(type -> type.getModule().getName()))
        .containsExactly(
            "com.example.modules",
            "io.storageconnections.application",
            "io.storageconnections.embedded");
  }

  @Test
  void the_host_can_call_the_use_cases() {
    assertThat(ModularHost.create("MSTN"))
        .isEqualTo("created in 7dbd531d-6967-47b2-8945-a722a437ad7a");
    assertThat(ModularHost.create("DGN")).isEqualTo("invalid: sourceFiles[0].connectorType");
  }
}
