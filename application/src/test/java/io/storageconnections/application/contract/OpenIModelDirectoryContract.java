package io.storageconnections.application.contract;

import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.domain.connection.IModelId;
import org.junit.jupiter.api.Test;

/**
 * The contract of every open directory: each iModel exists for each caller, and belongs to the
 * iTwin of the first file that is mapped to it.
 */
public interface OpenIModelDirectoryContract extends IModelDirectoryContract {

  @Override
  default IModelId visibleIModel(Caller caller) {
    return iModel();
  }

  @Test
  default void an_imodel_has_the_itwin_of_its_first_file() {
    var iModel = iModel();
    var first = IModelDirectoryContract.someFile();
    assertThat(directory().iTwinOf(Caller.ofClient("one"), iModel, first)).contains(first.iTwin());
  }

  @Test
  default void every_imodel_is_visible_and_the_question_changes_nothing() {
    var iModel = iModel();
    assertThat(directory().access(Caller.ofClient("one"), iModel)).isEqualTo(Access.CHANGE);
    var file = IModelDirectoryContract.someFile();
    assertThat(directory().iTwinOf(Caller.ofClient("one"), iModel, file)).contains(file.iTwin());
  }

  @Test
  default void each_imodel_has_its_own_itwin() {
    var caller = Caller.ofClient("one");
    directory().iTwinOf(caller, iModel(), IModelDirectoryContract.someFile());
    var file = IModelDirectoryContract.someFile();
    assertThat(directory().iTwinOf(caller, iModel(), file)).contains(file.iTwin());
  }
}
