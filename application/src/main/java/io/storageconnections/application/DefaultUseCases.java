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
import org.jspecify.annotations.Nullable;

/** The use cases on the same dependencies. */
record DefaultUseCases(Dependencies dependencies, @Nullable RunDependencies runDependencies)
    implements UseCases {

  DefaultUseCases {
    requireNonNull(dependencies, "dependencies");
  }

  @Override
  public CreateStorageConnection createStorageConnection() {
    return CreateStorageConnection.on(dependencies);
  }

  @Override
  public ListStorageConnections listStorageConnections() {
    return ListStorageConnections.on(dependencies);
  }

  @Override
  public GetStorageConnection getStorageConnection() {
    return GetStorageConnection.on(dependencies);
  }

  @Override
  public UpdateStorageConnection updateStorageConnection() {
    return UpdateStorageConnection.on(dependencies);
  }

  @Override
  public DeleteStorageConnection deleteStorageConnection() {
    return DeleteStorageConnection.on(dependencies);
  }

  @Override
  public DeleteConnectionsOfIModel deleteConnectionsOfIModel() {
    return DeleteConnectionsOfIModel.on(dependencies);
  }

  @Override
  public AddSourceFiles addSourceFiles() {
    return AddSourceFiles.on(dependencies);
  }

  @Override
  public ListSourceFiles listSourceFiles() {
    return ListSourceFiles.on(dependencies);
  }

  @Override
  public GetSourceFile getSourceFile() {
    return GetSourceFile.on(dependencies);
  }

  @Override
  public UpdateSourceFile updateSourceFile() {
    return UpdateSourceFile.on(dependencies);
  }

  @Override
  public MoveSourceFile moveSourceFile() {
    return MoveSourceFile.on(dependencies);
  }

  @Override
  public RemoveSourceFile removeSourceFile() {
    return RemoveSourceFile.on(dependencies);
  }

  @Override
  public Optional<RunUseCases> runs() {
    return runDependencies == null
        ? Optional.empty()
        : Optional.of(RunUseCases.on(dependencies, runDependencies));
  }

  @Override
  public ListAudit listAudit() {
    return ListAudit.on(dependencies);
  }

  @Override
  public RemoveExpiredAudit removeExpiredAudit() {
    return RemoveExpiredAudit.on(dependencies);
  }

  @Override
  public GetAuthorizationInformation getAuthorizationInformation() {
    return GetAuthorizationInformation.on(dependencies);
  }

  @Override
  public ListConnectorTypes listConnectorTypes() {
    return ListConnectorTypes.ALL;
  }

  @Override
  public CheckReadiness checkReadiness() {
    return CheckReadiness.on(dependencies);
  }

  @Override
  public Limits limits() {
    return dependencies.limits();
  }
}
