package com.example.ownstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.ownstore.directory.MembersIModelDirectory;
import com.example.ownstore.directory.MembersIModelDirectory.Entry;
import io.storageconnections.application.connection.ConnectionRequest;
import io.storageconnections.application.connection.CreateStorageConnection.Created;
import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfCreation;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.architecture.AdapterRule;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OwnStoreApplicationTest {

  private static final IModelId BRIDGE = new IModelId(UUID.randomUUID());
  private static final String FILE = "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA";

  private final OwnStoreApplication application =
      new OwnStoreApplication(
          new MembersIModelDirectory(
              Map.of(BRIDGE, new Entry(new ITwinId(UUID.randomUUID()), Set.of("ada")))));

  @AfterEach
  void close() {
    application.close();
  }

  private Outcome<Created, OfCreation> create(String user) {
    var files = List.of(new SourceFileRequest(FILE, "MSTN"));
    var request = new ConnectionRequest("Bridge", BRIDGE.toString(), null, files);
    return application
        .useCases()
        .createStorageConnection()
        .create(Caller.ofUser("own-store", user), request);
  }

  @Test
  void a_member_of_the_imodel_maps_a_file_once() {
    assertThat(create("ada")).isInstanceOf(Success.class);
    assertThat(create("ada"))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.failure()).isInstanceOf(FilesAlreadyMapped.class));
  }

  @Test
  void for_another_user_the_imodel_does_not_exist() {
    assertThat(create("bob"))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.failure()).isInstanceOf(Invalid.class));
  }

  @Test
  void the_adapters_obey_the_rules_of_the_library() {
    AdapterRule.checkAll("com.example.ownstore.store", "com.example.ownstore.directory");
  }
}
