package io.storageconnections.application;

import io.storageconnections.application.port.in.CheckReadiness;
import io.storageconnections.application.port.in.CreateStorageConnection;
import io.storageconnections.application.port.in.GetStorageConnection;
import io.storageconnections.application.port.out.IModelDirectory;
import io.storageconnections.application.port.out.StorageConnectionStore;
import io.storageconnections.application.validation.Requests;
import jakarta.validation.Validator;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;

/** All that can be asked of the service. Thread-safe, if what it is built from is. */
public record UseCases(
    CreateStorageConnection createStorageConnection,
    GetStorageConnection getStorageConnection,
    CheckReadiness checkReadiness) {

  /**
   * Builds the use cases on what they need from the world.
   *
   * @param validator judges the requests
   * @param ids gives a new GUID of version 4 at each call
   */
  public static UseCases on(
      StorageConnectionStore store,
      IModelDirectory iModels,
      Validator validator,
      Clock clock,
      Supplier<UUID> ids) {
    var requests = new Requests(validator);
    return new UseCases(
        new ConnectionCreation(requests, iModels, store, clock, ids),
        new ConnectionLookup(requests, store),
        store::check);
  }
}
