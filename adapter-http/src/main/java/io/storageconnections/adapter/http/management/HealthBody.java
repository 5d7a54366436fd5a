package io.storageconnections.adapter.http.management;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.storageconnections.adapter.http.port.ComponentHealth;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The body of an answer to a check of the readiness. */
record HealthBody(String status, List<Component> components) {

  /** A part of the server. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Component(String name, String status, boolean required, @Nullable String reason) {

    static Component of(ComponentHealth health) {
      return new Component(
          health.name(),
          health.status().name().toLowerCase(Locale.ROOT),
          health.isRequired(),
          health.reason());
    }
  }

  static HealthBody of(boolean isReady, List<ComponentHealth> health) {
    return new HealthBody(
        isReady ? "ready" : "not ready", health.stream().map(Component::of).toList());
  }
}
