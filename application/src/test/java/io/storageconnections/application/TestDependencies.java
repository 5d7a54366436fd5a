package io.storageconnections.application;

import static io.storageconnections.application.contract.TestValidator.VALIDATOR;

import io.storageconnections.application.contract.InMemoryIModelDirectory;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.application.port.StorageConnectionStore;
import io.storageconnections.application.port.StorageFiles;
import io.storageconnections.application.validation.RequestValidator;
import io.storageconnections.domain.connection.Limits;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** Creates the dependencies of use cases under test. */
public final class TestDependencies {

  /** A caller that sees every iModel that is not hidden. */
  public static final Caller CALLER = Caller.ofClient("test-client");

  /** A clock that stands still. */
  public static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);

  private TestDependencies() {}

  /** Returns dependencies with the given store, without hidden iModels and without limits. */
  public static Dependencies on(StorageConnectionStore store) {
    return on(store, new InMemoryIModelDirectory(), Limits.NONE);
  }

  /** Returns dependencies with the given store, directory and limits. */
  public static Dependencies on(
      StorageConnectionStore store, IModelDirectory iModels, Limits limits) {
    return on(store, iModels, StorageFiles.UNCHECKED, limits);
  }

  /** Returns dependencies with the given store, directory, Storage and limits. */
  public static Dependencies on(
      StorageConnectionStore store,
      IModelDirectory iModels,
      StorageFiles storageFiles,
      Limits limits) {
    return new Dependencies(
        store,
        iModels,
        storageFiles,
        limits,
        new RequestValidator(VALIDATOR),
        CLOCK,
        UUID::randomUUID,
        Dependencies.AUDIT_RETENTION);
  }
}
