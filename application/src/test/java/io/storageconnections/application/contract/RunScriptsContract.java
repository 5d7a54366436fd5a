package io.storageconnections.application.contract;

import static io.storageconnections.domain.connection.ConnectionFixtures.file;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.port.RunScripts;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.Script;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** The contract of every {@link RunScripts} that keeps scripts. The tests remove all scripts. */
public interface RunScriptsContract {

  /** Returns the scripts under test: the same instance at each call within a test. */
  RunScripts scripts();

  private static StorageFileId newFile() {
    return file(UUID.randomUUID().toString());
  }

  @Test
  default void a_script_of_every_kind_is_returned_as_it_was_set() {
    var file = newFile();
    for (var script :
        List.of(
            new Script.Hang(),
            new Script.Slow(Duration.ofMillis(2_500)),
            new Script.Fail(2, ErrorKey.LOCK_ERROR),
            new Script.Crash(-1),
            new Script.Partial(),
            new Script.Succeed())) {
      scripts().setForFile(file, script);
      assertThat(scripts().next(file, ConnectorType.MSTN)).contains(script);
    }
  }

  @Test
  default void a_file_without_a_script_has_that_of_its_connector_type() {
    var file = newFile();
    scripts().clear();
    scripts().setForConnectorType(ConnectorType.IFC, new Script.Partial());
    assertThat(scripts().next(file, ConnectorType.IFC)).contains(new Script.Partial());
    assertThat(scripts().next(file, ConnectorType.DWG)).isEmpty();
    scripts().setForFile(file, new Script.Hang());
    assertThat(scripts().next(file, ConnectorType.IFC)).contains(new Script.Hang());
  }

  @Test
  default void attempts_succeed_after_as_many_failures_as_the_script_says() {
    var file = newFile();
    scripts().setForFile(file, new Script.Fail(2, ErrorKey.LOCK_ERROR));
    assertThat(scripts().next(file, ConnectorType.MSTN))
        .contains(new Script.Fail(2, ErrorKey.LOCK_ERROR));
    assertThat(scripts().next(file, ConnectorType.MSTN))
        .contains(new Script.Fail(1, ErrorKey.LOCK_ERROR));
    assertThat(scripts().next(file, ConnectorType.MSTN)).contains(new Script.Succeed());
    assertThat(scripts().next(file, ConnectorType.MSTN)).contains(new Script.Succeed());
  }

  @Test
  default void simultaneous_attempts_are_counted_each() throws InterruptedException {
    var file = newFile();
    scripts().setForFile(file, new Script.Fail(5, ErrorKey.LOCK_ERROR));
    var attempts =
        Race.<Optional<Script>>among(
            Collections.<Callable<Optional<Script>>>nCopies(
                8, () -> scripts().next(file, ConnectorType.MSTN)));
    assertThat(attempts.stream().flatMap(Optional::stream).filter(Script.Fail.class::isInstance))
        .hasSize(5);
  }

  @Test
  default void no_script_is_left_after_all_are_removed() {
    var file = newFile();
    scripts().setForFile(file, new Script.Hang());
    scripts().setForConnectorType(ConnectorType.NWD, new Script.Hang());
    scripts().clear();
    assertThat(scripts().next(file, ConnectorType.NWD)).isEmpty();
  }
}
