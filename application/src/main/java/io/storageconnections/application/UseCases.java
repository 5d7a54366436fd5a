package io.storageconnections.application;

import io.storageconnections.application.port.in.AddSourceFiles;
import io.storageconnections.application.port.in.CheckReadiness;
import io.storageconnections.application.port.in.CreateStorageConnection;
import io.storageconnections.application.port.in.DeleteStorageConnection;
import io.storageconnections.application.port.in.GetAuthorizationInformation;
import io.storageconnections.application.port.in.GetSourceFile;
import io.storageconnections.application.port.in.GetStorageConnection;
import io.storageconnections.application.port.in.ListConnectorTypes;
import io.storageconnections.application.port.in.ListSourceFiles;
import io.storageconnections.application.port.in.ListStorageConnections;
import io.storageconnections.application.port.in.RemoveSourceFile;
import io.storageconnections.application.port.in.UpdateSourceFile;
import io.storageconnections.application.port.in.UpdateStorageConnection;
import io.storageconnections.application.port.out.IModelDirectory;
import io.storageconnections.application.port.out.StorageConnectionStore;
import io.storageconnections.application.validation.Requests;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.FileExtension;
import io.storageconnections.domain.connection.Limits;
import jakarta.validation.Validator;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * All that can be asked of the service. Thread-safe, if what it is built from is.
 *
 * <p>Whoever opens something for the use cases, such as a database, may extend this class to close
 * it again.
 */
public class UseCases {

  private final StorageConnectionStore store;
  private final IModelDirectory iModels;
  private final Limits limits;
  private final Requests requests;
  private final NewSourceFiles newSourceFiles;

  /**
   * The use cases on what they need from the world.
   *
   * @param store keeps the connections; stays its owner's to close
   * @param iModels says who may work with which iModel
   * @param limits what an iModel may hold
   * @param validator judges the requests; Hibernate Validator's
   * @param clock tells when things are created
   * @param ids gives a new GUID of version 4 at each call, to several threads at once
   */
  protected UseCases(
      StorageConnectionStore store,
      IModelDirectory iModels,
      Limits limits,
      Validator validator,
      Clock clock,
      Supplier<UUID> ids) {
    this.store = store;
    this.iModels = iModels;
    this.limits = limits;
    requests = new Requests(validator);
    newSourceFiles = new NewSourceFiles(clock, ids);
  }

  /**
   * Builds the use cases on what they need from the world.
   *
   * @param store keeps the connections; stays its owner's to close
   * @param iModels says who may work with which iModel
   * @param limits what an iModel may hold
   * @param validator judges the requests; Hibernate Validator's
   * @param clock tells when things are created
   * @param ids gives a new GUID of version 4 at each call, to several threads at once
   * @return the use cases, which have nothing to close
   */
  public static UseCases on(
      StorageConnectionStore store,
      IModelDirectory iModels,
      Limits limits,
      Validator validator,
      Clock clock,
      Supplier<UUID> ids) {
    return new UseCases(store, iModels, limits, validator, clock, ids);
  }

  /** {@return the use case that creates a connection with its source files} */
  public final CreateStorageConnection createStorageConnection() {
    return new ConnectionCreation(requests, iModels, store, limits, newSourceFiles);
  }

  /** {@return the use case that lists the connections of an iModel} */
  public final ListStorageConnections listStorageConnections() {
    return new ConnectionListing(requests, iModels, store);
  }

  /** {@return the use case that finds a connection} */
  public final GetStorageConnection getStorageConnection() {
    return new ConnectionLookup(requests, iModels, store);
  }

  /** {@return the use case that changes a connection} */
  public final UpdateStorageConnection updateStorageConnection() {
    return new ConnectionUpdate(requests, iModels, store);
  }

  /** {@return the use case that deletes a connection with its source files} */
  public final DeleteStorageConnection deleteStorageConnection() {
    return new ConnectionDeletion(requests, iModels, store);
  }

  /** {@return the use case that adds source files to a connection} */
  public final AddSourceFiles addSourceFiles() {
    return new FileAddition(requests, iModels, store, limits, newSourceFiles);
  }

  /** {@return the use case that lists the source files of a connection} */
  public final ListSourceFiles listSourceFiles() {
    return new FileListing(requests, iModels, store);
  }

  /** {@return the use case that finds a source file} */
  public final GetSourceFile getSourceFile() {
    return new FileLookup(requests, iModels, store);
  }

  /** {@return the use case that changes a source file} */
  public final UpdateSourceFile updateSourceFile() {
    return new FileUpdate(requests, iModels, store);
  }

  /** {@return the use case that removes a source file} */
  public final RemoveSourceFile removeSourceFile() {
    return new FileRemoval(requests, iModels, store);
  }

  /**
   * {@return the use case that tells whether the caller has allowed runs to read files on their
   * behalf}
   */
  public final GetAuthorizationInformation getAuthorizationInformation() {
    return new AuthorizationLookup(requests);
  }

  /** {@return the use case that lists the connector types, and which files each reads} */
  public final ListConnectorTypes listConnectorTypes() {
    return caller ->
        new ListConnectorTypes.Outcome.Listed(List.of(ConnectorType.values()), FileExtension.KNOWN);
  }

  /** {@return the use case that tells whether requests can be served now} */
  public final CheckReadiness checkReadiness() {
    return store::check;
  }

  /** {@return what an iModel may hold, as it was told} */
  public final Limits limits() {
    return limits;
  }
}
