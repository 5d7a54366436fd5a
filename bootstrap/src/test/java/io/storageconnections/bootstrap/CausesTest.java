package io.storageconnections.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

final class CausesTest {

  @Test
  void every_cause_is_told_in_one_line() {
    assertThat(
            Causes.of(
                new IllegalStateException(
                    "one", new IllegalStateException("two\n  lines", new IOException("three.")))))
        .isEqualTo("one: two lines: three");
  }

  @Test
  void a_message_that_contains_its_cause_is_kept() {
    assertThat(
            Causes.of(
                new IllegalStateException(
                    "cannot connect (refused): is it running?", new IOException("refused"))))
        .isEqualTo("cannot connect (refused): is it running?");
  }

  @Test
  void a_message_that_its_cause_repeats_is_told_once() {
    assertThat(
            Causes.of(
                new IllegalStateException("refused", new IOException("refused: no such user"))))
        .isEqualTo("refused: no such user");
  }

  @Test
  void a_cause_without_a_message_is_told_by_its_kind() {
    assertThat(Causes.of(new IllegalStateException("one", new IOException())))
        .isEqualTo("one: IOException");
  }

  @Test
  void a_failure_of_the_file_system_is_told_in_words_and_not_only_by_its_path() {
    assertThat(Causes.of(new AccessDeniedException("/data"))).isEqualTo("/data: permission denied");
    assertThat(Causes.of(new NoSuchFileException("/data")))
        .isEqualTo("/data: no such file or folder");
    assertThat(Causes.of(new FileSystemException("/data", null, "Read-only file system")))
        .isEqualTo("/data: Read-only file system");
    assertThat(
            Causes.of(
                new UncheckedIOException(
                    "cannot keep the key in /data/key", new FileAlreadyExistsException("/data"))))
        .isEqualTo("cannot keep the key in /data/key: /data: it exists, and is not a folder");
  }

  @Test
  void a_wrapper_that_says_nothing_itself_is_skipped() {
    assertThat(Causes.of(new UncheckedIOException(new NoSuchFileException("/tmp/x"))))
        .isEqualTo("/tmp/x: no such file or folder");
  }
}
