package io.storageconnections.adapter.connectors;

import static io.storageconnections.application.contract.AttemptFixtures.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.port.Attempt;
import io.storageconnections.domain.run.RunResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The copy of the file, and the folder of an attempt. */
final class AttemptFolderTest extends CommandConnectorFixture {

  @Test
  @Timeout(60)
  void copying_a_very_large_file_stops_when_the_attempt_must_stop() throws Exception {
    var endless =
        new InputStream() {
          @Override
          public int read() {
            return 0;
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            control.stop();
            return length;
          }
        };
    var attempt = attempt().of("a", Long.MAX_VALUE, endless).build();
    assertThat(builder(RESULT).build().attempt(attempt, control)).isEmpty();
    assertThat(workFolder()).isEmptyDirectory();
  }

  @Test
  @Timeout(60)
  void copying_a_file_stops_although_Storage_sends_nothing() throws Exception {
    var attempt = attempt().of("a", 1, new SilentStream(control::stop)).build();
    assertThat(builder(RESULT).build().attempt(attempt, control)).isEmpty();
    assertThat(workFolder()).isEmptyDirectory();
  }

  @Test
  void a_file_that_cannot_be_read_is_tried_again() throws Exception {
    assertUnreadable(attempt().of("a", 1, refusingStream()).build());
    // One byte less than Storage says.
    assertUnreadable(attempt().of("a", 2, new ByteArrayInputStream(new byte[1])).build());
    assertThat(workFolder()).isEmptyDirectory();
  }

  private void assertUnreadable(Attempt attempt) throws InterruptedException {
    var outcome = builder(RESULT).build().attempt(attempt, control).orElseThrow();
    assertThat(error(outcome).descriptionKey()).isEqualTo("NetworkIssue");
    assertThat(outcome.isTransient()).isTrue();
  }

  @Test
  void a_work_folder_that_cannot_be_written_may_be_writable_later() throws Exception {
    var file = Files.writeString(temporary.resolve("file"), "");
    var outcome =
        CommandConnector.builder(List.of("true"), file.resolve("work"))
            .build()
            .attempt(attempt().build(), control)
            .orElseThrow();
    assertThat(outcome.isTransient()).isTrue();
    assertThat(error(outcome).details()).contains("work folder").contains("Exception: ");
  }

  @Test
  void the_folder_is_removed_after_a_success_even_if_it_is_not_writable() throws Exception {
    outcome(
        builder(
            "mkdir -p output/a/b; touch output/a/b/c; ln -s / output/root; chmod 0 output/a\n"
                + RESULT));
    assertThat(workFolder()).isEmptyDirectory();
  }

  @Test
  void the_folder_is_removed_even_if_its_paths_are_longer_than_the_system_allows()
      throws Exception {
    var script =
        """
        name=$(printf '%0200d' 0)
        i=0
        while [ $i -lt 50 ]; do
          mkdir "$name" && cd -P "$name"
          i=$((i + 1))
        done
        touch file
        """;
    outcome(builder(script + RESULT));
    assertThat(workFolder()).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit 1", "exit 3", "exit 75", "exit 0", "kill -KILL $$"})
  void the_folder_is_kept_after_a_failure_without_the_copy_of_the_file(String end)
      throws Exception {
    var script = "echo traces > output/log\nchmod 500 source .\n" + end;
    var outcome =
        builder(script).build().attempt(attempt().of("a.dgn", new byte[10]).build(), control);
    assertThat(outcome.orElseThrow().result()).isEqualTo(RunResult.ERROR);
    try (var folders = Files.list(workFolder())) {
      var folder = folders.findFirst().orElseThrow();
      assertThat(folder.resolve("output/log")).hasContent("traces");
      assertThat(folder.resolve("job.json")).exists();
      assertThat(folder.resolve("source")).doesNotExist();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void the_folder_is_removed_after_a_partial_success() throws Exception {
    outcome(builder(error("UnsupportedFile", "") + "exit 2"));
    assertThat(workFolder()).isEmptyDirectory();
  }

  @Test
  void the_folder_is_removed_after_a_limit_was_exceeded() throws Exception {
    outcome(builder(sleeper()).silenceLimit(Duration.ofMillis(300)));
    assertThat(workFolder()).isEmptyDirectory();
    outcome(builder("head -c 2000 /dev/zero > output/a\n" + sleeper()).diskLimit(1_500));
    assertThat(workFolder()).isEmptyDirectory();
  }

  @Test
  void the_folder_of_a_failure_is_not_kept_if_the_time_is_zero() throws Exception {
    outcome(builder("exit 1").keptAfterFailure(Duration.ZERO));
    assertThat(workFolder()).isEmptyDirectory();
  }

  @Test
  void old_folders_of_attempts_are_removed_and_nothing_else() throws Exception {
    Files.createDirectories(workFolder());
    var old = folder("attempt-" + UUID.randomUUID(), Duration.ofDays(8));
    var recent = folder("attempt-" + UUID.randomUUID(), Duration.ofDays(6));
    var other = folder("attempt-at-something", Duration.ofDays(800));
    var foreign = folder("data", Duration.ofDays(800));
    outcome(builder(RESULT));
    assertThat(old).doesNotExist();
    assertThat(workFolder()).isDirectoryContaining(recent::equals);
    assertThat(workFolder()).isDirectoryContaining(other::equals);
    assertThat(workFolder()).isDirectoryContaining(foreign::equals);
  }

  private Path folder(String name, Duration age) throws IOException {
    var folder = Files.createDirectory(workFolder().resolve(name));
    Files.writeString(folder.resolve("file"), "");
    return Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(age)));
  }
}
