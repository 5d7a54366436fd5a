package io.storageconnections.application.contract;

import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of every directory of iModels that accepts unknown iModels. */
public interface IModelDirectoryContract {

  /** Returns the directory under test: the same instance at each call within a test. */
  IModelDirectory directory();

  @Test
  default void an_imodel_keeps_the_itwin_of_its_first_file() {
    var iModel = iModel();
    var first = someFile();
    var caller = Caller.ofClient("one");
    assertThat(directory().iTwinOf(caller, iModel, first)).contains(first.iTwin());
    assertThat(directory().iTwinOf(Caller.ofClient("another"), iModel, someFile()))
        .contains(first.iTwin());
  }

  @Test
  default void every_imodel_is_visible_and_the_question_changes_nothing() {
    var iModel = iModel();
    assertThat(directory().isVisibleTo(Caller.ofClient("one"), iModel)).isTrue();
    var file = someFile();
    assertThat(directory().iTwinOf(Caller.ofClient("one"), iModel, file)).contains(file.iTwin());
  }

  @Test
  default void each_imodel_has_its_own_itwin() {
    var caller = Caller.ofClient("one");
    directory().iTwinOf(caller, iModel(), someFile());
    var file = someFile();
    assertThat(directory().iTwinOf(caller, iModel(), file)).contains(file.iTwin());
  }

  @Test
  default void concurrent_callers_get_the_same_itwin() throws InterruptedException {
    var iModel = iModel();
    var iTwins =
        Race.among(
            IntStream.range(0, 32)
                .mapToObj(i ->
                    (Callable<Optional<ITwinId>>)
                        () -> directory().iTwinOf(Caller.ofClient("" + i), iModel, someFile()))
                .toList());
    assertThat(iTwins.getFirst()).isPresent();
    assertThat(iTwins).containsOnly(iTwins.getFirst());
  }

  private static StorageFileId someFile() {
    return new StorageFileId(new ITwinId(UUID.randomUUID()), UUID.randomUUID());
  }
}
