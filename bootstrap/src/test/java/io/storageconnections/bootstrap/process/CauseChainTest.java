package io.storageconnections.bootstrap.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

final class CauseChainTest {

  @Test
  void all_causes_are_in_one_line() {
    assertThat(
            CauseChain.describe(
                new IllegalStateException(
                    "one", new IllegalStateException("two\n  lines", new IOException("three.")))))
        .isEqualTo("one: two lines: three");
  }

  @Test
  void a_message_that_contains_the_message_of_its_cause_stands_alone() {
    assertThat(
            CauseChain.describe(
                new IllegalStateException(
                    "cannot connect (refused): is it running?", new IOException("refused"))))
        .isEqualTo("cannot connect (refused): is it running?");
  }

  @Test
  void a_message_that_the_cause_repeats_is_left_out() {
    assertThat(
            CauseChain.describe(
                new IllegalStateException("refused", new IOException("refused: no such user"))))
        .isEqualTo("refused: no such user");
  }

  @Test
  void a_cause_without_a_message_is_described_by_its_class() {
    assertThat(CauseChain.describe(new IllegalStateException("one", new IOException())))
        .isEqualTo("one: IOException");
  }

  @Test
  void a_file_system_failure_is_described_in_words_and_not_only_by_its_path() {
    assertThat(CauseChain.describe(new AccessDeniedException("/data")))
        .isEqualTo("/data: permission denied");
    assertThat(CauseChain.describe(new NoSuchFileException("/data")))
        .isEqualTo("/data: no such file or folder");
    assertThat(CauseChain.describe(new FileSystemException("/data", null, "Read-only file system")))
        .isEqualTo("/data: Read-only file system");
    assertThat(
            CauseChain.describe(
                new UncheckedIOException(
                    "cannot keep the key in /data/key", new FileAlreadyExistsException("/data"))))
        .isEqualTo("cannot keep the key in /data/key: /data: it exists, and is not a folder");
  }

  @Test
  void a_wrapper_without_a_message_of_its_own_is_left_out() {
    assertThat(CauseChain.describe(new UncheckedIOException(new NoSuchFileException("/tmp/x"))))
        .isEqualTo("/tmp/x: no such file or folder");
  }
}
