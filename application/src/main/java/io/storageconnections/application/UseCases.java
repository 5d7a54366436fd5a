package io.storageconnections.application;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.audit.ListAudit;
import io.storageconnections.application.audit.RemoveExpiredAudit;
import io.storageconnections.application.authorization.GetAuthorizationInformation;
import io.storageconnections.application.connection.CreateStorageConnection;
import io.storageconnections.application.connection.DeleteConnectionsOfIModel;
import io.storageconnections.application.connection.DeleteStorageConnection;
import io.storageconnections.application.connection.GetStorageConnection;
import io.storageconnections.application.connection.ListStorageConnections;
import io.storageconnections.application.connection.UpdateStorageConnection;
import io.storageconnections.application.connectortype.ListConnectorTypes;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.RunDependencies;
import io.storageconnections.application.port.TransactionConflictException;
import io.storageconnections.application.readiness.CheckReadiness;
import io.storageconnections.application.run.RunUseCases;
import io.storageconnections.application.sourcefile.AddSourceFiles;
import io.storageconnections.application.sourcefile.GetSourceFile;
import io.storageconnections.application.sourcefile.ListSourceFiles;
import io.storageconnections.application.sourcefile.MoveSourceFile;
import io.storageconnections.application.sourcefile.RemoveSourceFile;
import io.storageconnections.application.sourcefile.UpdateSourceFile;
import io.storageconnections.domain.connection.Limits;
import java.util.Optional;

/**
 * All use cases. Thread-safe, except those within a transaction of a host, which also throw a
 * {@link TransactionConflictException} if the host must repeat its transaction. An operation throws
 * a {@link NullPointerException} that names the argument if an argument is null.
 *
 * <p>To add behavior to some of the use cases, such as a metric or a policy, implement {@link
 * ForwardingUseCases}.
 */
public interface UseCases {

  /**
   * Returns the use cases on the given dependencies, without those of runs.
   *
   * @param dependencies what the use cases need from outside
   * @return the use cases, which need not be closed
   */
  static UseCases on(Dependencies dependencies) {
    return new DefaultUseCases(dependencies, null);
  }

  /**
   * Returns the use cases on the given dependencies, with those of runs.
   *
   * @param dependencies what the use cases need from outside
   * @param runs what the use cases of runs need in addition
   * @return the use cases, which need not be closed
   */
  static UseCases on(Dependencies dependencies, RunDependencies runs) {
    return new DefaultUseCases(dependencies, requireNonNull(runs, "runs"));
  }

  /** {@return the use case that creates a connection with its source files} */
  CreateStorageConnection createStorageConnection();

  /** {@return the use case that lists the connections of an iModel} */
  ListStorageConnections listStorageConnections();

  /** {@return the use case that returns a connection} */
  GetStorageConnection getStorageConnection();

  /** {@return the use case that changes a connection} */
  UpdateStorageConnection updateStorageConnection();

  /** {@return the use case that deletes a connection with its source files} */
  DeleteStorageConnection deleteStorageConnection();

  /** {@return the use case that deletes all connections of a deleted iModel} */
  DeleteConnectionsOfIModel deleteConnectionsOfIModel();

  /** {@return the use case that adds source files to a connection} */
  AddSourceFiles addSourceFiles();

  /** {@return the use case that lists the source files of a connection} */
  ListSourceFiles listSourceFiles();

  /** {@return the use case that returns a source file} */
  GetSourceFile getSourceFile();

  /** {@return the use case that changes a source file} */
  UpdateSourceFile updateSourceFile();

  /** {@return the use case that moves a source file to another connection} */
  MoveSourceFile moveSourceFile();

  /** {@return the use case that removes a source file} */
  RemoveSourceFile removeSourceFile();

  /** {@return the use cases of runs; empty if the service has no store of runs} */
  Optional<RunUseCases> runs();

  /** {@return the use case that lists the audit trail of an iModel} */
  ListAudit listAudit();

  /**
   * {@return the use case that removes the audit trails of iModels that were deleted long ago} An
   * application that embeds the service calls it, such as once a day
   */
  RemoveExpiredAudit removeExpiredAudit();

  /** {@return the use case that tells whether runs may read files on behalf of the caller} */
  GetAuthorizationInformation getAuthorizationInformation();

  /** {@return the use case that lists the connector types and the files that each reads} */
  ListConnectorTypes listConnectorTypes();

  /** {@return the use case that checks whether requests can be served now} */
  CheckReadiness checkReadiness();

  /** {@return the limits of each iModel} */
  Limits limits();
}
