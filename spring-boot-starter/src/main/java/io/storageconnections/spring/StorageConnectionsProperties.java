package io.storageconnections.spring;

import io.storageconnections.domain.connection.Limits;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code storage-connections.*} of the application.
 *
 * @param migrate whether the application creates and updates the library's tables when it starts,
 *     after its own tables. A condition reads the property; it is here for its metadata
 * @param limits the limits of each iModel
 */
@ConfigurationProperties("storage-connections")
public record StorageConnectionsProperties(
    @DefaultValue("true") boolean migrate, @DefaultValue PerIModel limits) {

  /**
   * The limits of each iModel.
   *
   * @param connectionsPerImodel the greatest number of connections of an iModel; 0 for no limit
   * @param filesPerImodel the greatest number of source files of all connections of an iModel
   *     together; 0 for no limit
   */
  public record PerIModel(
      @DefaultValue("0") int connectionsPerImodel, @DefaultValue("0") int filesPerImodel) {

    Limits toLimits() {
      return new Limits(connectionsPerImodel, filesPerImodel);
    }
  }
}
