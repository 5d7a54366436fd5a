package io.storageconnections.spring;

import io.storageconnections.embedded.StorageConnectionsServiceBuilder;

/**
 * Configures the service of the application further. The application declares beans of this type;
 * Spring's {@code @Order} decides their order.
 */
@FunctionalInterface
public interface StorageConnectionsCustomizer {

  /**
   * Configures the service.
   *
   * @param builder has the configuration from properties and other beans already
   */
  void customize(StorageConnectionsServiceBuilder builder);
}
