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
 * @param limits what an iModel may hold, as they were told
 */
public record UseCases(
    CreateStorageConnection createStorageConnection,
    ListStorageConnections listStorageConnections,
    GetStorageConnection getStorageConnection,
    UpdateStorageConnection updateStorageConnection,
    DeleteStorageConnection deleteStorageConnection,
    AddSourceFiles addSourceFiles,
    ListSourceFiles listSourceFiles,
    GetSourceFile getSourceFile,
    UpdateSourceFile updateSourceFile,
    RemoveSourceFile removeSourceFile,
    GetAuthorizationInformation getAuthorizationInformation,
    ListConnectorTypes listConnectorTypes,
    CheckReadiness checkReadiness,
    Limits limits) {

  /**
   * Builds the use cases on what they need from the world.
   *
   * @param limits what an iModel may hold
   * @param validator judges the requests
   * @param ids gives a new GUID of version 4 at each call
   */
  public static UseCases on(
      StorageConnectionStore store,
      IModelDirectory iModels,
      Limits limits,
      Validator validator,
      Clock clock,
      Supplier<UUID> ids) {
    var requests = new Requests(validator);
    var newSourceFiles = new NewSourceFiles(clock, ids);
    return new UseCases(
        new ConnectionCreation(requests, iModels, store, limits, newSourceFiles),
        new ConnectionListing(requests, iModels, store),
        new ConnectionLookup(requests, iModels, store),
        new ConnectionUpdate(requests, iModels, store),
        new ConnectionDeletion(requests, iModels, store),
        new FileAddition(requests, iModels, store, limits, newSourceFiles),
        new FileListing(requests, iModels, store),
        new FileLookup(requests, iModels, store),
        new FileUpdate(requests, iModels, store),
        new FileRemoval(requests, iModels, store),
        new AuthorizationLookup(requests),
        caller ->
            new ListConnectorTypes.Outcome.Listed(
                List.of(ConnectorType.values()), FileExtension.KNOWN),
        store::check,
        limits);
  }
}
