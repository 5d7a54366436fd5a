package io.storageconnections.application.validation;

import static io.storageconnections.application.contract.TestValidator.VALIDATOR;
import static io.storageconnections.application.outcome.Violation.Kind.EMPTY;
import static io.storageconnections.application.outcome.Violation.Kind.INVALID;
import static io.storageconnections.application.outcome.Violation.Kind.MISSING;
import static io.storageconnections.domain.connection.RandomCases.checkEach;
import static io.storageconnections.domain.connection.RandomCases.guid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.storageconnections.application.connection.ConnectionReference;
import io.storageconnections.application.connection.ConnectionRequest;
import io.storageconnections.application.outcome.Violation;
import io.storageconnections.application.outcome.Violation.Kind;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestValidatorTest {

  private static final String NAME = "30";
  private static final String IMODEL = "7dbd531d-6967-47b2-8945-a722a437ad7a";
  private static final String AUTHENTICATION = "User";
  private static final String FILE = "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA";
  private static final String CONNECTOR = "MSTN";
  private static final SourceFileRequest SOURCE_FILE = new SourceFileRequest(FILE, CONNECTOR);
  private static final List<SourceFileRequest> SOURCE_FILES = List.of(SOURCE_FILE);

  private final RequestValidator requests = new RequestValidator(VALIDATOR);

  @ParameterizedTest
  @MethodSource
  void a_valid_request_has_no_violations(ConnectionRequest request) {
    assertThat(requests.violations(request)).isEmpty();
  }

  private static Stream<Arguments> a_valid_request_has_no_violations() {
    return Stream.of(
        argumentSet("documented", request(NAME, IMODEL, AUTHENTICATION, SOURCE_FILES)),
        argumentSet("required members only", request(null, IMODEL, null, SOURCE_FILES)),
        argumentSet("empty name", request("", IMODEL, AUTHENTICATION, SOURCE_FILES)),
        argumentSet("longest name", request("n".repeat(255), IMODEL, null, SOURCE_FILES)),
        argumentSet(
            "upper-case iModel",
            request(NAME, "7DBD531D-6967-47B2-8945-A722A437AD7A", "Service", SOURCE_FILES)),
        argumentSet("several files", files(SOURCE_FILE, new SourceFileRequest(FILE, "DWG"))),
        argumentSet(
            "list that can change", request(NAME, IMODEL, null, new ArrayList<>(SOURCE_FILES))));
  }

  @ParameterizedTest
  @MethodSource
  void a_fault_is_reported_at_its_path(Kind kind, String path, ConnectionRequest request) {
    assertThat(requests.violations(request)).containsExactly(new Violation(kind, path));
  }

  private static Stream<Arguments> a_fault_is_reported_at_its_path() {
    var storageFileId = "sourceFiles[0].storageFileId";
    var connectorType = "sourceFiles[0].connectorType";
    return Stream.of(
        fault(
            "long name",
            INVALID,
            "displayName",
            request("n".repeat(256), IMODEL, AUTHENTICATION, SOURCE_FILES)),
        fault(
            "name with U+0000",
            INVALID,
            "displayName",
            request("a\u0000b", IMODEL, AUTHENTICATION, SOURCE_FILES)),
        fault("no iModel", MISSING, "iModelId", request(NAME, null, AUTHENTICATION, SOURCE_FILES)),
        fault("empty iModel", INVALID, "iModelId", request(NAME, "", "User", SOURCE_FILES)),
        fault(
            "iModel 1-1-1-1-1",
            INVALID,
            "iModelId",
            request(NAME, "1-1-1-1-1", null, SOURCE_FILES)),
        fault(
            "lower-case authentication type",
            INVALID,
            "authenticationType",
            request(NAME, IMODEL, "user", SOURCE_FILES)),
        fault(
            "empty authentication type",
            INVALID,
            "authenticationType",
            request(NAME, IMODEL, "", SOURCE_FILES)),
        fault("no files", MISSING, "sourceFiles", request(NAME, IMODEL, AUTHENTICATION, null)),
        fault("empty files", EMPTY, "sourceFiles", files()),
        fault("null entry", MISSING, "sourceFiles[0]", files((SourceFileRequest) null)),
        fault("later null entry", MISSING, "sourceFiles[1]", files(SOURCE_FILE, null)),
        fault("no file id", MISSING, storageFileId, files(new SourceFileRequest(null, CONNECTOR))),
        fault("empty file id", INVALID, storageFileId, files(new SourceFileRequest("", CONNECTOR))),
        fault(
            "other spelling of a file id",
            INVALID,
            storageFileId,
            files(new SourceFileRequest(FILE.replaceFirst(".$", "B"), CONNECTOR))),
        fault("no connector", MISSING, connectorType, files(new SourceFileRequest(FILE, null))),
        fault("empty connector", INVALID, connectorType, files(new SourceFileRequest(FILE, ""))),
        fault(
            "lower-case connector",
            INVALID,
            connectorType,
            files(new SourceFileRequest(FILE, "mstn"))),
        fault(
            "unknown connector of a later file",
            INVALID,
            "sourceFiles[2].connectorType",
            files(SOURCE_FILE, SOURCE_FILE, new SourceFileRequest(FILE, "AVEVAPID"))));
  }

  @Test
  void several_faults_are_reported_in_document_order() {
    var request =
        request(
            "n".repeat(256),
            null,
            "user",
            Arrays.asList(
                new SourceFileRequest("x", null), null, new SourceFileRequest(null, "mstn")));

    assertThat(requests.violations(request))
        .containsExactly(
            new Violation(INVALID, "displayName"),
            new Violation(MISSING, "iModelId"),
            new Violation(INVALID, "authenticationType"),
            new Violation(INVALID, "sourceFiles[0].storageFileId"),
            new Violation(MISSING, "sourceFiles[0].connectorType"),
            new Violation(MISSING, "sourceFiles[1]"),
            new Violation(MISSING, "sourceFiles[2].storageFileId"),
            new Violation(INVALID, "sourceFiles[2].connectorType"));
  }

  @Test
  void faults_of_files_are_reported_in_numeric_order() {
    var request =
        request(NAME, "x", null, Collections.nCopies(12, new SourceFileRequest(FILE, null)));

    assertThat(requests.violations(request))
        .extracting(Violation::path)
        .containsExactly(
            "iModelId",
            "sourceFiles[0].connectorType",
            "sourceFiles[1].connectorType",
            "sourceFiles[2].connectorType",
            "sourceFiles[3].connectorType",
            "sourceFiles[4].connectorType",
            "sourceFiles[5].connectorType",
            "sourceFiles[6].connectorType",
            "sourceFiles[7].connectorType",
            "sourceFiles[8].connectorType",
            "sourceFiles[9].connectorType",
            "sourceFiles[10].connectorType",
            "sourceFiles[11].connectorType");
  }

  @ParameterizedTest
  @MethodSource
  void a_mistyped_member_is_invalid_and_not_missing(String path, ConnectionRequest request) {
    assertThat(requests.violations(request)).containsExactly(new Violation(INVALID, path));
  }

  private static Stream<Arguments> a_mistyped_member_is_invalid_and_not_missing() {
    return Stream.of(
        mistyped("displayName", null, IMODEL, AUTHENTICATION, SOURCE_FILES),
        mistyped("iModelId", NAME, null, AUTHENTICATION, SOURCE_FILES),
        mistyped("authenticationType", NAME, IMODEL, null, SOURCE_FILES),
        mistyped("sourceFiles", NAME, IMODEL, AUTHENTICATION, null),
        mistyped("sourceFiles[1]", NAME, IMODEL, null, Arrays.asList(SOURCE_FILE, null)),
        mistyped(
            "sourceFiles[0].storageFileId",
            NAME,
            IMODEL,
            null,
            List.of(new SourceFileRequest(null, CONNECTOR))),
        mistyped(
            "sourceFiles[1].connectorType",
            NAME,
            IMODEL,
            null,
            List.of(SOURCE_FILE, new SourceFileRequest(FILE, null))));
  }

  @Test
  void mistyped_members_are_reported_in_document_order_with_the_other_faults() {
    var request =
        new ConnectionRequest(
            null,
            "x",
            null,
            Arrays.asList(null, new SourceFileRequest(null, null), null),
            Set.of("sourceFiles[2]", "displayName", "sourceFiles[1].connectorType"));

    assertThat(requests.violations(request))
        .containsExactly(
            new Violation(INVALID, "displayName"),
            new Violation(INVALID, "iModelId"),
            new Violation(MISSING, "sourceFiles[0]"),
            new Violation(MISSING, "sourceFiles[1].storageFileId"),
            new Violation(INVALID, "sourceFiles[1].connectorType"),
            new Violation(INVALID, "sourceFiles[2]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "imodelId",
        "sourceFiles[1]",
        "sourceFiles[1].connectorType",
        "sourceFiles[0].displayName",
        "sourceFiles.connectorType",
        "displayName.value"
      })
  void a_mistyped_member_that_does_not_exist_is_refused(String path) {
    var request = new ConnectionRequest(NAME, IMODEL, null, SOURCE_FILES, Set.of(path));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> requests.violations(request))
        .withMessageContaining(path);
  }

  @Test
  void a_request_copies_its_collections() {
    var sourceFiles = new ArrayList<@Nullable SourceFileRequest>(SOURCE_FILES);
    var mistyped = new HashSet<String>();
    var request = new ConnectionRequest(NAME, IMODEL, null, sourceFiles, mistyped);

    sourceFiles.set(0, null);
    mistyped.add("displayName");

    assertThat(requests.violations(request)).isEmpty();
  }

  @Test
  void n_faults_give_n_violations() {
    checkEach(random -> {
      var reader = new FaultyReader(random);
      var request = reader.request();

      assertThat(requests.violations(request)).isEqualTo(reader.faults);
    });
  }

  @Test
  void a_reference_to_a_connection_is_valid_if_its_id_is() {
    var reference = new ConnectionReference("MWplZe9Uf0iR1IDMqyOMLqBN0_wHEVBGg_CzJmXdmE4");

    assertThat(requests.violations(reference)).isEmpty();
  }

  @Test
  void a_reference_without_an_id_is_reported_as_missing() {
    assertThat(requests.violations(new ConnectionReference(null)))
        .containsExactly(new Violation(MISSING, "connectionId"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7dbd531d-6967-47b2-8945-a722a437ad7a",
        "MWplZe9Uf0iR1IDMqyOMLqBN0_wHEVBGg_CzJmXdmE",
        "MWplZe9Uf0iR1IDMqyOMLqBN0_wHEVBGg_CzJmXdmE5"
      })
  void a_reference_with_a_malformed_id_is_invalid(String id) {
    assertThat(requests.violations(new ConnectionReference(id)))
        .containsExactly(new Violation(INVALID, "connectionId"));
  }

  private static ConnectionRequest request(
      @Nullable String displayName,
      @Nullable String iModelId,
      @Nullable String authenticationType,
      @Nullable List<@Nullable SourceFileRequest> sourceFiles) {
    return new ConnectionRequest(displayName, iModelId, authenticationType, sourceFiles);
  }

  private static ConnectionRequest files(@Nullable SourceFileRequest... sourceFiles) {
    return request(NAME, IMODEL, AUTHENTICATION, Arrays.asList(sourceFiles));
  }

  private static Arguments fault(String name, Kind kind, String path, ConnectionRequest request) {
    return argumentSet(name, kind, path, request);
  }

  private static Arguments mistyped(
      String path,
      @Nullable String displayName,
      @Nullable String iModelId,
      @Nullable String authenticationType,
      @Nullable List<@Nullable SourceFileRequest> sourceFiles) {
    return argumentSet(
        path,
        path,
        new ConnectionRequest(
            displayName, iModelId, authenticationType, sourceFiles, Set.of(path)));
  }

  /**
   * Generates random requests with any number of faults, and records the faults in document order.
   * A member that is absent, such as a list, hides the faults of its own members.
   */
  private static final class FaultyReader {

    private static final List<String> INVALID_NAMES = List.of("n".repeat(256), "\u0000");
    private static final List<String> CONNECTORS =
        Arrays.stream(ConnectorType.values()).map(ConnectorType::toString).toList();
    private static final List<String> MALFORMED = List.of("", " ", "user", "mstn", "1-1-1-1-1");

    private final RandomGenerator random;
    private final List<Violation> faults = new ArrayList<>();
    private final Set<String> mistyped = new HashSet<>();

    private FaultyReader(RandomGenerator random) {
      this.random = random;
    }

    private ConnectionRequest request() {
      return new ConnectionRequest(
          optional("displayName", NAME, INVALID_NAMES),
          required("iModelId", guid(random).toString()),
          optional("authenticationType", AUTHENTICATION, MALFORMED),
          sourceFiles(),
          mistyped);
    }

    private @Nullable List<@Nullable SourceFileRequest> sourceFiles() {
      return switch (random.nextInt(10)) {
        case 0, 1 -> {
          leaveOut("sourceFiles");
          yield null;
        }
        case 2 -> {
          faults.add(new Violation(EMPTY, "sourceFiles"));
          yield List.of();
        }
        default -> {
          var files = new ArrayList<@Nullable SourceFileRequest>();
          for (int count = random.nextInt(1, 13); files.size() < count; ) {
            files.add(sourceFile("sourceFiles[" + files.size() + "]"));
          }
          yield files;
        }
      };
    }

    private @Nullable SourceFileRequest sourceFile(String path) {
      if (random.nextInt(5) == 0) {
        leaveOut(path);
        return null;
      }
      var file = new StorageFileId(new ITwinId(guid(random)), guid(random));
      return new SourceFileRequest(
          required(path + ".storageFileId", file.toString()),
          required(path + ".connectorType", oneOf(CONNECTORS)));
    }

    private @Nullable String required(String path, String valid) {
      if (random.nextInt(4) == 0) {
        leaveOut(path);
        return null;
      }
      return validOr(MALFORMED, path, valid);
    }

    private @Nullable String optional(String path, String valid, List<String> malformed) {
      return switch (random.nextInt(8)) {
        case 0 -> null;
        case 1 -> {
          mistype(path);
          yield null;
        }
        default -> validOr(malformed, path, valid);
      };
    }

    private String validOr(List<String> malformed, String path, String valid) {
      if (random.nextInt(8) == 0) {
        faults.add(new Violation(INVALID, path));
        return oneOf(malformed);
      }
      return valid;
    }

    private void leaveOut(String path) {
      if (random.nextBoolean()) {
        mistype(path);
      } else {
        faults.add(new Violation(MISSING, path));
      }
    }

    private void mistype(String path) {
      faults.add(new Violation(INVALID, path));
      mistyped.add(path);
    }

    private <T> T oneOf(List<T> values) {
      return values.get(random.nextInt(values.size()));
    }
  }
}
