package io.storageconnections.adapter.connectors;

import static io.storageconnections.application.contract.AttemptFixtures.attempt;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.application.contract.ConnectorContract;
import io.storageconnections.application.contract.RecordingControl;
import io.storageconnections.application.port.Attempt;
import io.storageconnections.application.port.Connector;
import io.storageconnections.application.port.Connector.AttemptControl;
import io.storageconnections.application.port.RunScripts;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.port.StoreException.Reason;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.RunResult;
import io.storageconnections.domain.run.Script;
import io.storageconnections.domain.run.TaskError;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class SimulatedConnectorTest implements ConnectorContract {

  private final RecordingControl control = new RecordingControl();

  @Override
  public Connector succeedingConnector() {
    return new SimulatedConnector(RunScripts.NONE);
  }

  @Override
  public Connector endlessConnector() {
    return scripted(new Script.Hang());
  }

  @ParameterizedTest
  @CsvSource({
    "MSTN, 504b0304, a ZIP archive",
    "MSTN, 504b0506, an empty ZIP archive",
    "DWG, d0cf11e0a1b11ae1, a compound file",
    "IFC, 41433130, a DWG drawing",
    "REVIT, 255044462d, a PDF document",
    "NWD, 49534f2d31303330332d3231, a STEP file",
    "MSTN, 0000270a, a shapefile",
    "IFC, 0809fe02, a DGN file of version 7",
    "IFC, c809fe02, a three-dimensional DGN file of version 7",
  })
  void a_file_of_a_foreign_format_is_not_supported(
      ConnectorType type, String hex, String description) throws Exception {
    var outcome = outcome(RunScripts.NONE, attempt().readBy(type).of("file", content(hex)).build());
    assertThat(outcome.result()).as(description).isEqualTo(RunResult.ERROR);
    assertThat(error(outcome).descriptionKey()).isEqualTo(ErrorKey.UNSUPPORTED_FILE.toString());
    assertThat(outcome.isTransient()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "MSTN, d0cf11e0a1b11ae1, a DGN file",
    "CIVIL, d0cf11e0a1b11ae1, a DGN file",
    "REVIT, d0cf11e0a1b11ae1, an RVT file",
    "MSTN, 0809fe02, a DGN file of version 7",
    "SPPID, 504b0304, a ZIP archive",
    "IFC, 504b0304, a compressed IFC file",
    "IFC, 49534f2d31303330332d3231, an IFC file",
    "DWG, 41433130, a DWG drawing",
    "MSTN, 41433130, a DWG drawing",
    "PSEXCEL, 504b0304, a spreadsheet",
    "MSTN, 00, one byte",
    "MSTN, 504b, the first bytes of a ZIP archive",
    "MSTN, 68656c6c6f, text",
    "MSTN, d0cf11e0, the first bytes of a DGN file",
  })
  void a_file_of_any_other_format_is_synchronized(ConnectorType type, String hex, String file)
      throws Exception {
    var outcome = outcome(RunScripts.NONE, attempt().readBy(type).of("file", content(hex)).build());
    assertThat(outcome).as(file).isEqualTo(AttemptOutcome.succeeded());
    assertThat(control.printed()).isEmpty();
  }

  @Test
  void a_format_whose_bytes_continue_is_recognized() throws Exception {
    var pdf = "%PDF-1.7 and a long document".getBytes(StandardCharsets.US_ASCII);
    assertThat(outcome(RunScripts.NONE, attempt().of("a.pdf", pdf).build()).result())
        .isEqualTo(RunResult.ERROR);
  }

  @ParameterizedTest
  @EnumSource
  void a_file_without_content_is_synchronized(ConnectorType type) throws Exception {
    assertThat(outcome(RunScripts.NONE, attempt().readBy(type).build()))
        .isEqualTo(AttemptOutcome.succeeded());
  }

  @Test
  void a_file_that_cannot_be_read_is_tried_again() throws Exception {
    var broken =
        new FilterInputStream(InputStream.nullInputStream()) {
          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            throw new IOException("reset");
          }
        };
    var outcome = outcome(RunScripts.NONE, attempt().of("a.dgn", 10, broken).build());
    assertThat(error(outcome).descriptionKey()).isEqualTo(ErrorKey.NETWORK_ISSUE.toString());
    assertThat(outcome.isTransient()).isTrue();
  }

  @Test
  @Timeout(60)
  void an_attempt_stops_although_Storage_sends_nothing() throws Exception {
    var silent = attempt().of("a.dgn", 1, new SilentStream(control::stop)).build();
    assertThat(new SimulatedConnector(RunScripts.NONE).attempt(silent, control)).isEmpty();
  }

  @Test
  @Timeout(60)
  void an_interrupted_attempt_has_not_failed() {
    var attempt = Thread.currentThread();
    var silent = attempt().of("a.dgn", 1, new SilentStream(attempt::interrupt)).build();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> new SimulatedConnector(RunScripts.NONE).attempt(silent, control));
  }

  @ParameterizedTest
  @EnumSource
  void a_script_makes_an_attempt_fail_with_any_error(ErrorKey error) throws Exception {
    assertThat(outcome(scripts(new Script.Fail(2, error)), attempt().build()))
        .isEqualTo(AttemptOutcome.failed(error, "a script says so"));
  }

  @Test
  void a_script_makes_an_attempt_crash_with_an_exit_code() throws Exception {
    var outcome = outcome(scripts(new Script.Crash(3)), attempt().build());
    assertThat(outcome.result()).isEqualTo(RunResult.ERROR);
    assertThat(outcome.isTransient()).isFalse();
    assertThat(error(outcome).descriptionKey()).isEqualTo(ErrorKey.BRIDGING_FAILED.toString());
    assertThat(error(outcome).bridgeExitCode()).isEqualTo(3);
  }

  @Test
  void a_script_makes_an_attempt_succeed_in_part() throws Exception {
    assertThat(outcome(scripts(new Script.Partial()), attempt().build()))
        .isEqualTo(AttemptOutcome.partiallySucceeded(null));
  }

  @Test
  void a_script_makes_a_file_of_a_foreign_format_succeed() throws Exception {
    var zip = attempt().of("a.zip", content("504b0304")).build();
    assertThat(outcome(scripts(new Script.Succeed()), zip)).isEqualTo(AttemptOutcome.succeeded());
  }

  @Test
  void a_slow_attempt_waits_by_the_clock_of_the_worker_then_succeeds() throws Exception {
    var waits = new ArrayList<Duration>();
    var anHourInNoTime =
        new AttemptControl() {
          @Override
          public boolean await(Duration atMost) {
            waits.add(atMost);
            return false;
          }

          @Override
          public void print(String text) {
            throw new AssertionError("prints nothing");
          }
        };
    var connector = scripted(new Script.Slow(Duration.ofHours(1)));
    assertThat(connector.attempt(attempt().build(), anHourInNoTime))
        .contains(AttemptOutcome.succeeded());
    assertThat(waits).contains(Duration.ofHours(1));
  }

  @ParameterizedTest
  @CsvSource({"PT1H", "PT2562047788015215H30M7S"})
  void a_slow_attempt_that_must_stop_has_no_outcome(Duration duration) throws Exception {
    control.stop();
    assertThat(scripted(new Script.Slow(duration)).attempt(attempt().build(), control)).isEmpty();
  }

  @Test
  void an_attempt_is_scripted_by_its_file_and_its_connector_type() throws Exception {
    var asked = new ArrayList<Object>();
    var scripts =
        new Scripts() {
          @Override
          public Optional<Script> next(StorageFileId file, ConnectorType type) {
            asked.addAll(List.of(file, type));
            return Optional.empty();
          }
        };
    var attempt = attempt().readBy(ConnectorType.DWG).build();
    outcome(scripts, attempt);
    assertThat(asked).containsExactly(attempt.task().storageFileId(), ConnectorType.DWG);
  }

  @Test
  void an_attempt_waits_for_its_script_while_the_database_cannot_answer() throws Exception {
    var failures = new ArrayList<>(List.of(Reason.UNREACHABLE, Reason.BUSY));
    var scripts =
        new Scripts() {
          @Override
          public Optional<Script> next(StorageFileId file, ConnectorType type) {
            if (!failures.isEmpty()) {
              throw new StoreException(failures.removeFirst(), "reading the script", "", null);
            }
            return Optional.of(new Script.Partial());
          }
        };
    assertThat(outcome(scripts, attempt().build()))
        .isEqualTo(AttemptOutcome.partiallySucceeded(null));
  }

  @Test
  void an_attempt_fails_if_the_database_never_answers_about_scripts() {
    var scripts =
        new Scripts() {
          @Override
          public Optional<Script> next(StorageFileId file, ConnectorType type) {
            throw new StoreException(Reason.MISCONFIGURED, "reading the script", "", null);
          }
        };
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> outcome(scripts, attempt().build()));
  }

  private AttemptOutcome outcome(RunScripts scripts, Attempt attempt) throws InterruptedException {
    return new SimulatedConnector(scripts).attempt(attempt, control).orElseThrow();
  }

  private static TaskError error(AttemptOutcome outcome) {
    return requireNonNull(outcome.error(), "error");
  }

  private static Connector scripted(Script script) {
    return new SimulatedConnector(scripts(script));
  }

  private static RunScripts scripts(Script script) {
    return new Scripts() {
      @Override
      public Optional<Script> next(StorageFileId file, ConnectorType type) {
        return Optional.of(script);
      }
    };
  }

  private static byte[] content(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  /** Scripts that are only read. */
  private abstract static class Scripts implements RunScripts {

    @Override
    public void setForFile(StorageFileId file, Script script) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setForConnectorType(ConnectorType type, Script script) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
      throw new UnsupportedOperationException();
    }
  }
}
