package io.storageconnections.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The contract of every directory of iModels. A test class that implements it inherits the tests. A
 * directory that knows certain iModels supplies one of them, and one that it does not show. A
 * directory for which every iModel exists (an open one) implements {@link
 * OpenIModelDirectoryContract} instead, which asks for {@link #directory} only.
 */
public interface IModelDirectoryContract {

  /**
   * Returns the directory under test, with the same content at each call within a test. Keep it in
   * a field; do not create it here.
   */
  IModelDirectory directory();

  /**
   * Returns an iModel that {@code caller} may change, to which no file has been mapped yet.
   *
   * @param caller the caller of the test, a client without a user and without a token
   */
  IModelId visibleIModel(Caller caller);

  /**
   * Returns an iModel that does not exist for {@code caller}. Empty if every iModel exists for
   * every caller.
   *
   * @param caller the caller of the test, a client without a user and without a token
   */
  default Optional<IModelId> hiddenIModel(Caller caller) {
    return Optional.empty();
  }

  @Test
  default void an_imodel_that_a_caller_may_change_has_an_itwin() {
    var caller = Caller.ofClient("one");
    var iModel = visibleIModel(caller);
    assertThat(directory().access(caller, iModel)).isEqualTo(Access.CHANGE);
    assertThat(directory().iTwinOf(caller, iModel, someFile())).isPresent();
    assertThat(directory().access(caller, iModel)).isEqualTo(Access.CHANGE);
  }

  @Test
  default void an_imodel_that_a_caller_cannot_see_has_no_itwin_and_stays_invisible() {
    var caller = Caller.ofClient("one");
    hiddenIModel(caller)
        .ifPresent(iModel -> {
          assertThat(directory().access(caller, iModel)).isEqualTo(Access.NONE);
          assertThat(directory().iTwinOf(caller, iModel, someFile())).isEmpty();
          assertThat(directory().access(caller, iModel)).isEqualTo(Access.NONE);
        });
  }

  /**
   * Returns an iModel that {@code caller} may read, and not change. Empty if the directory has no
   * such iModels.
   *
   * @param caller the caller of the test, a client without a user and without a token
   */
  default Optional<IModelId> readableIModel(Caller caller) {
    return Optional.empty();
  }

  @Test
  default void an_imodel_that_a_caller_may_only_read_cannot_be_changed() {
    var caller = Caller.ofClient("one");
    readableIModel(caller)
        .ifPresent(iModel -> assertThat(directory().access(caller, iModel)).isEqualTo(Access.READ));
  }

  @Test
  default void the_itwin_of_an_imodel_never_changes() {
    var caller = Caller.ofClient("one");
    var iModel = visibleIModel(caller);
    var iTwin = directory().iTwinOf(caller, iModel, someFile());
    assertThat(directory().iTwinOf(caller, iModel, someFile())).isEqualTo(iTwin);
  }

  @Test
  default void concurrent_calls_get_the_same_itwin() throws InterruptedException {
    var caller = Caller.ofClient("one");
    var iModel = visibleIModel(caller);
    var iTwins =
        Race.among(
            IntStream.range(0, 32)
                .mapToObj(i ->
                    (Callable<Optional<ITwinId>>)
                        () -> directory().iTwinOf(caller, iModel, someFile()))
                .toList());
    assertThat(iTwins.getFirst()).isPresent();
    assertThat(iTwins).containsOnly(iTwins.getFirst());
  }

  /** Returns a file that no other call returns, of an iTwin of its own. */
  static StorageFileId someFile() {
    return new StorageFileId(new ITwinId(UUID.randomUUID()), UUID.randomUUID());
  }
}
