package io.storageconnections.application.contract;

import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.port.SourceContents;
import io.storageconnections.application.port.SourceContents.Missing;
import io.storageconnections.application.port.SourceContents.Opened;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.StorageFileId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link SourceContents}. A test class that implements it inherits the tests.
 */
public interface SourceContentsContract {

  /**
   * Returns the adapter under test, with the same content at each call within a test. Keep it in a
   * field; do not create it here.
   */
  SourceContents sourceContents();

  /** Returns an iModel to whose iTwin the files of this test belong. */
  default IModelId iModelOfContents() {
    return iModel();
  }

  /** Returns a new file with a name and a content; another one at each call. */
  StorageFileId storedFile(String name, byte[] content);

  /** Returns the id of a file that does not exist. */
  StorageFileId fileWithoutContent();

  @Test
  default void a_file_is_opened_with_its_name_its_size_and_its_bytes() throws IOException {
    var content = "ISO-10303-21;".getBytes(StandardCharsets.US_ASCII);
    var file = storedFile("plant.ifc", content);
    storedFile("other.ifc", new byte[] {1});
    try (var opened = opened(file)) {
      assertThat(opened.name()).isEqualTo(FileName.of("plant.ifc"));
      assertThat(opened.size()).isEqualTo(content.length);
      assertThat(opened.stream().readAllBytes()).isEqualTo(content);
    }
  }

  @Test
  default void an_empty_file_is_opened() throws IOException {
    try (var opened = opened(storedFile("empty.ifc", new byte[0]))) {
      assertThat(opened.size()).isZero();
      assertThat(opened.stream().read()).isEqualTo(-1);
    }
  }

  @Test
  default void a_file_may_be_opened_again_while_it_is_open() throws IOException {
    var content = new byte[100_000];
    content[99_999] = 7;
    var file = storedFile("plant.dgn", content);
    try (var first = opened(file);
        var second = opened(file)) {
      assertThat(first.stream().read()).isZero();
      assertThat(second.stream().readAllBytes()).isEqualTo(content);
      assertThat(first.stream().readAllBytes()).hasSize(99_999).endsWith((byte) 7);
    }
  }

  @Test
  default void a_content_may_be_closed_before_its_end() throws IOException {
    var file = storedFile("plant.dgn", new byte[100_000]);
    try (var unread = opened(file)) {
      assertThat(unread.size()).isEqualTo(100_000);
    }
    try (var again = opened(file)) {
      assertThat(again.stream().readAllBytes()).hasSize(100_000);
    }
  }

  @Test
  default void a_file_that_does_not_exist_is_missing() {
    assertThat(sourceContents().open(iModelOfContents(), fileWithoutContent()))
        .isEqualTo(new Missing());
  }

  private Opened opened(StorageFileId file) {
    var content = sourceContents().open(iModelOfContents(), file);
    assertThat(content).isInstanceOf(Opened.class);
    return (Opened) content;
  }
}
