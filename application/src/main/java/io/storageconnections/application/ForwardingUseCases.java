package io.storageconnections.application;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.authorization.GetAuthorizationInformation;
import io.storageconnections.application.connection.CreateStorageConnection;
import io.storageconnections.application.connection.DeleteStorageConnection;
import io.storageconnections.application.connection.GetStorageConnection;
import io.storageconnections.application.connection.ListStorageConnections;
import io.storageconnections.application.connection.UpdateStorageConnection;
import io.storageconnections.application.connectortype.ListConnectorTypes;
import io.storageconnections.application.readiness.CheckReadiness;
import io.storageconnections.application.sourcefile.AddSourceFiles;
import io.storageconnections.application.sourcefile.GetSourceFile;
import io.storageconnections.application.sourcefile.ListSourceFiles;
import io.storageconnections.application.sourcefile.RemoveSourceFile;
import io.storageconnections.application.sourcefile.UpdateSourceFile;
import io.storageconnections.domain.connection.Limits;

/**
 * Use cases that call other use cases. A subclass overrides those to which it adds behavior. This
 * one counts creations:
 *
 * <pre>{@code
 * final class CountedUseCases extends ForwardingUseCases {
 *   ...
 *   @Override
 *   public CreateStorageConnection createStorageConnection() {
 *     var next = super.createStorageConnection();
 *     return (caller, request) -> {
 *       counter.increment();
 *       return next.create(caller, request);
 *     };
 *   }
 * }
 * }</pre>
 *
 * <p>Thread-safe, if the overriding methods are.
 */
public abstract class ForwardingUseCases implements UseCases {

  private final UseCases next;

  /**
   * Creates use cases that call {@code next}.
   *
   * @param next the use cases to call
   */
  protected ForwardingUseCases(UseCases next) {
    this.next = requireNonNull(next, "next");
  }

  @Override
  public CreateStorageConnection createStorageConnection() {
    return next.createStorageConnection();
  }

  @Override
  public ListStorageConnections listStorageConnections() {
    return next.listStorageConnections();
  }

  @Override
  public GetStorageConnection getStorageConnection() {
    return next.getStorageConnection();
  }

  @Override
  public UpdateStorageConnection updateStorageConnection() {
    return next.updateStorageConnection();
  }

  @Override
  public DeleteStorageConnection deleteStorageConnection() {
    return next.deleteStorageConnection();
  }

  @Override
  public AddSourceFiles addSourceFiles() {
    return next.addSourceFiles();
  }

  @Override
  public ListSourceFiles listSourceFiles() {
    return next.listSourceFiles();
  }

  @Override
  public GetSourceFile getSourceFile() {
    return next.getSourceFile();
  }

  @Override
  public UpdateSourceFile updateSourceFile() {
    return next.updateSourceFile();
  }

  @Override
  public RemoveSourceFile removeSourceFile() {
    return next.removeSourceFile();
  }

  @Override
  public GetAuthorizationInformation getAuthorizationInformation() {
    return next.getAuthorizationInformation();
  }

  @Override
  public ListConnectorTypes listConnectorTypes() {
    return next.listConnectorTypes();
  }

  @Override
  public CheckReadiness checkReadiness() {
    return next.checkReadiness();
  }

  @Override
  public Limits limits() {
    return next.limits();
  }
}
