package io.storageconnections.application;

import io.storageconnections.application.authorization.GetAuthorizationInformation;
import io.storageconnections.application.connection.CreateStorageConnection;
import io.storageconnections.application.connection.DeleteStorageConnection;
import io.storageconnections.application.connection.GetStorageConnection;
import io.storageconnections.application.connection.ListStorageConnections;
import io.storageconnections.application.connection.UpdateStorageConnection;
import io.storageconnections.application.connectortype.ListConnectorTypes;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.readiness.CheckReadiness;
import io.storageconnections.application.sourcefile.AddSourceFiles;
import io.storageconnections.application.sourcefile.GetSourceFile;
import io.storageconnections.application.sourcefile.ListSourceFiles;
import io.storageconnections.application.sourcefile.RemoveSourceFile;
import io.storageconnections.application.sourcefile.UpdateSourceFile;
import io.storageconnections.domain.connection.Limits;
import java.util.Objects;

/**
 * All use cases on the same dependencies. Thread-safe, if the dependencies are. An operation throws
 * a {@link NullPointerException} that names the argument if an argument is null.
 */
public final class UseCases {

  private final Dependencies dependencies;

  private UseCases(Dependencies dependencies) {
    this.dependencies = dependencies;
  }

  /**
   * Returns the use cases on the given dependencies.
   *
   * @param dependencies what the use cases need from outside
   * @return the use cases, which need not be closed
   */
  public static UseCases on(Dependencies dependencies) {
    return new UseCases(Objects.requireNonNull(dependencies, "dependencies"));
  }

  /** {@return the use case that creates a connection with its source files} */
  public CreateStorageConnection createStorageConnection() {
    return CreateStorageConnection.on(dependencies);
  }

  /** {@return the use case that lists the connections of an iModel} */
  public ListStorageConnections listStorageConnections() {
    return ListStorageConnections.on(dependencies);
  }

  /** {@return the use case that returns a connection} */
  public GetStorageConnection getStorageConnection() {
    return GetStorageConnection.on(dependencies);
  }

  /** {@return the use case that changes a connection} */
  public UpdateStorageConnection updateStorageConnection() {
    return UpdateStorageConnection.on(dependencies);
  }

  /** {@return the use case that deletes a connection with its source files} */
  public DeleteStorageConnection deleteStorageConnection() {
    return DeleteStorageConnection.on(dependencies);
  }

  /** {@return the use case that adds source files to a connection} */
  public AddSourceFiles addSourceFiles() {
    return AddSourceFiles.on(dependencies);
  }

  /** {@return the use case that lists the source files of a connection} */
  public ListSourceFiles listSourceFiles() {
    return ListSourceFiles.on(dependencies);
  }

  /** {@return the use case that returns a source file} */
  public GetSourceFile getSourceFile() {
    return GetSourceFile.on(dependencies);
  }

  /** {@return the use case that changes a source file} */
  public UpdateSourceFile updateSourceFile() {
    return UpdateSourceFile.on(dependencies);
  }

  /** {@return the use case that removes a source file} */
  public RemoveSourceFile removeSourceFile() {
    return RemoveSourceFile.on(dependencies);
  }

  /** {@return the use case that tells whether runs may read files on behalf of the caller} */
  public GetAuthorizationInformation getAuthorizationInformation() {
    return GetAuthorizationInformation.on(dependencies);
  }

  /** {@return the use case that lists the connector types and the files that each reads} */
  public ListConnectorTypes listConnectorTypes() {
    return ListConnectorTypes.ALL;
  }

  /** {@return the use case that checks whether requests can be served now} */
  public CheckReadiness checkReadiness() {
    return CheckReadiness.on(dependencies);
  }

  /** {@return the limits of each iModel} */
  public Limits limits() {
    return dependencies.limits();
  }
}
