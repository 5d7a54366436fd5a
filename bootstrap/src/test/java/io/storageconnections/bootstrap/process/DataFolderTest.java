package io.storageconnections.bootstrap.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {

  @TempDir private Path folder;

  @Test
  void a_missing_folder_is_created_and_stays_empty() {
    var data = folder.resolve("a/b");
    DataFolder.prepare(data);
    DataFolder.prepare(data);
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void a_symbolic_link_to_a_folder_is_accepted() throws IOException {
    var link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(data()));
    DataFolder.prepare(link);
    assertThat(data()).isEmptyDirectory();
  }

  @Test
  void a_file_is_refused_with_the_setting_to_change() throws IOException {
    var file = Files.createFile(data());
    for (var path : new Path[] {file, file.resolve("below")}) {
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> DataFolder.prepare(path))
          .withMessageContaining(path.toString())
          .withMessageContaining("STORAGE_CONNECTIONS_DATA_FOLDER");
    }
  }

  private Path data() {
    return folder.resolve("data");
  }
}
