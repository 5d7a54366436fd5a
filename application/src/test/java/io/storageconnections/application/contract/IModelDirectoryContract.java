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

/** What every directory promises that accepts iModels it has not heard of. */
public interface IModelDirectoryContract {

  /** The directory under test, the same one at each call within a test. */
  IModelDirectory directory();

  @Test
  default void an_imodel_keeps_the_itwin_of_the_first_file_it_is_used_with() {
    var iModel = iModel();
    var first = someFile();
    var caller = Caller.ofClient("somebody");
    assertThat(directory().iTwinOf(caller, iModel, first)).contains(first.iTwin());
    assertThat(directory().iTwinOf(Caller.ofClient("else"), iModel, someFile()))
        .contains(first.iTwin());
  }

  @Test
  default void every_imodel_is_seen_and_looking_leaves_no_trace() {
    var iModel = iModel();
    assertThat(directory().isVisibleTo(Caller.ofClient("somebody"), iModel)).isTrue();
    var file = someFile();
    assertThat(directory().iTwinOf(Caller.ofClient("somebody"), iModel, file))
        .contains(file.iTwin());
  }

  @Test
  default void another_imodel_has_an_itwin_of_its_own() {
    var caller = Caller.ofClient("somebody");
    directory().iTwinOf(caller, iModel(), someFile());
    var file = someFile();
    assertThat(directory().iTwinOf(caller, iModel(), file)).contains(file.iTwin());
  }

  @Test
  default void all_who_ask_at_once_hear_the_same() throws InterruptedException {
    var iModel = iModel();
    var answers =
        Race.among(
            IntStream.range(0, 32)
                .mapToObj(i ->
                    (Callable<Optional<ITwinId>>)
                        () -> directory().iTwinOf(Caller.ofClient("" + i), iModel, someFile()))
                .toList());
    assertThat(answers.getFirst()).isPresent();
    assertThat(answers).containsOnly(answers.getFirst());
  }

  private static StorageFileId someFile() {
    return new StorageFileId(new ITwinId(UUID.randomUUID()), UUID.randomUUID());
  }
}
