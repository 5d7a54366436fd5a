package io.storageconnections.application;

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
 * Use cases that call other use cases. An implementation overrides those to which it adds behavior.
 * This one counts creations:
 *
 * <pre>{@code
 * record CountedUseCases(UseCases next, LongAdder creations) implements ForwardingUseCases {
 *
 *   @Override
 *   public CreateStorageConnection createStorageConnection() {
 *     return (caller, request) -> {
 *       creations.increment();
 *       return next.createStorageConnection().create(caller, request);
 *     };
 *   }
 * }
 * }</pre>
 *
 * <p>Thread-safe, if the overriding methods are.
 */
public interface ForwardingUseCases extends UseCases {

  /** {@return the use cases that this object calls; the same at each call} */
  UseCases next();

  @Override
  default CreateStorageConnection createStorageConnection() {
    return next().createStorageConnection();
  }

  @Override
  default ListStorageConnections listStorageConnections() {
    return next().listStorageConnections();
  }

  @Override
  default GetStorageConnection getStorageConnection() {
    return next().getStorageConnection();
  }

  @Override
  default UpdateStorageConnection updateStorageConnection() {
    return next().updateStorageConnection();
  }

  @Override
  default DeleteStorageConnection deleteStorageConnection() {
    return next().deleteStorageConnection();
  }

  @Override
  default DeleteConnectionsOfIModel deleteConnectionsOfIModel() {
    return next().deleteConnectionsOfIModel();
  }

  @Override
  default AddSourceFiles addSourceFiles() {
    return next().addSourceFiles();
  }

  @Override
  default ListSourceFiles listSourceFiles() {
    return next().listSourceFiles();
  }

  @Override
  default GetSourceFile getSourceFile() {
    return next().getSourceFile();
  }

  @Override
  default UpdateSourceFile updateSourceFile() {
    return next().updateSourceFile();
  }

  @Override
  default MoveSourceFile moveSourceFile() {
    return next().moveSourceFile();
  }

  @Override
  default RemoveSourceFile removeSourceFile() {
    return next().removeSourceFile();
  }

  @Override
  default Optional<RunUseCases> runs() {
    return next().runs();
  }

  @Override
  default ListAudit listAudit() {
    return next().listAudit();
  }

  @Override
  default RemoveExpiredAudit removeExpiredAudit() {
    return next().removeExpiredAudit();
  }

  @Override
  default GetAuthorizationInformation getAuthorizationInformation() {
    return next().getAuthorizationInformation();
  }

  @Override
  default ListConnectorTypes listConnectorTypes() {
    return next().listConnectorTypes();
  }

  @Override
  default CheckReadiness checkReadiness() {
    return next().checkReadiness();
  }

  @Override
  default Limits limits() {
    return next().limits();
  }
}
