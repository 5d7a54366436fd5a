package io.storageconnections.spring;

import io.storageconnections.embedded.StorageConnectionsService;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Adds {@code storageConnections} to the health of the application: down if the library cannot read
 * and write its tables. The property {@code management.health.storage-connections.enabled} turns it
 * off.
 */
@AutoConfiguration(after = StorageConnectionsAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnBean(StorageConnectionsService.class)
@ConditionalOnEnabledHealthIndicator("storage-connections")
public final class StorageConnectionsHealthAutoConfiguration {

  /** Creates the configuration; Spring does this. */
  public StorageConnectionsHealthAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean(name = "storageConnectionsHealthIndicator")
  HealthIndicator storageConnectionsHealthIndicator(StorageConnectionsService service) {
    return new StorageConnectionsHealthIndicator(service.useCases().checkReadiness());
  }
}
