package io.storageconnections.spring;

import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.readiness.CheckReadiness;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Reports whether the library can read and write its tables. */
final class StorageConnectionsHealthIndicator extends AbstractHealthIndicator {

  private final CheckReadiness readiness;

  StorageConnectionsHealthIndicator(CheckReadiness readiness) {
    this.readiness = readiness;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    try {
      readiness.check();
      health.up();
    } catch (StoreException failure) {
      health.down(failure).withDetail("reason", failure.reason().name());
    }
  }
}
