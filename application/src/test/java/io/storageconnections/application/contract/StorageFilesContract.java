package io.storageconnections.application.contract;

import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.StorageFiles;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link StorageFiles}. A test class that implements it inherits the tests.
 */
public interface StorageFilesContract {

  /**
   * Returns the adapter under test, with the same content at each call within a test. Keep it in a
   * field; do not create it here.
   */
  StorageFiles storageFiles();

  /**
   * Returns an iModel to whose iTwin the files of this test belong.
   *
   * @param caller the caller of the test, a client without a user and without a token
   */
  default IModelId iModelOfFiles(Caller caller) {
    return iModel();
  }

  /**
   * Returns a new file that {@code caller} may map to {@link #iModelOfFiles}; another one at each
   * call.
   *
   * @param caller the caller of the test, a client without a user and without a token
   */
  StorageFileId usableFile(Caller caller);

  /**
   * Returns the id of a file that does not exist for {@code caller}; another one at each call.
   *
   * @param caller the caller of the test, a client without a user and without a token
   */
  StorageFileId missingFile(Caller caller);

  @Test
  default void a_file_that_exists_is_usable() {
    var caller = Caller.ofClient("one");
    var iModel = iModelOfFiles(caller);
    var file = usableFile(caller);
    assertThat(storageFiles().usable(caller, iModel, List.of(file))).containsOnlyKeys(file);
  }

  @Test
  default void a_file_that_does_not_exist_is_left_out() {
    var caller = Caller.ofClient("one");
    var iModel = iModelOfFiles(caller);
    var file = usableFile(caller);
    var missing = missingFile(caller);
    assertThat(storageFiles().usable(caller, iModel, List.of(missing, file)))
        .containsOnlyKeys(file);
  }

  @Test
  default void only_files_that_were_asked_for_are_returned() {
    var caller = Caller.ofClient("one");
    var iModel = iModelOfFiles(caller);
    usableFile(caller);
    assertThat(storageFiles().usable(caller, iModel, List.of())).isEmpty();
  }

  @Test
  default void a_file_may_be_named_twice() {
    var caller = Caller.ofClient("one");
    var iModel = iModelOfFiles(caller);
    var file = usableFile(caller);
    assertThat(storageFiles().usable(caller, iModel, List.of(file, file))).containsOnlyKeys(file);
  }
}
