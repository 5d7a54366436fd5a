package io.storageconnections.adapter.http;

import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static io.storageconnections.adapter.http.fixture.Wire.golden;
import static io.storageconnections.adapter.http.fixture.Wire.pretty;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.http.fixture.Wire;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.contract.InMemoryIModelDirectory;
import io.storageconnections.application.contract.InMemoryRunStore;
import io.storageconnections.application.contract.TestValidator;
import io.storageconnections.application.port.Connectors;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.RunDependencies;
import io.storageconnections.application.port.RunQueue;
import io.storageconnections.application.port.RunRules;
import io.storageconnections.application.port.StorageFiles;
import io.storageconnections.application.validation.RequestValidator;
import io.storageconnections.domain.connection.Limits;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.UUID;

/** The ids, request bodies and assertions that several tests of the API use. */
public final class ApiFixtures {

  public static final String IMODEL = "7dbd531d-6967-47b2-8945-a722a437ad7a";

  /** The id of the first connection that a test server creates. */
  public static final String ID = "HVO9fWdpskeJRacipDeteqBN0_wHEVBGg_CzJmXdmE4";

  /** The id of the source file of the first connection. */
  public static final String FILE_ID = "297c8ab9-53a3-4fe5-adf8-79b4c1a95cbb";

  /** The id of the next source file, or run, that a test server creates. */
  public static final String NEXT_FILE_ID = "46e2f6e2-8a1b-4d3c-9f4e-5b6c7d8e9fa0";

  /** A well-formed id of a connection that does not exist, in the same iModel. */
  public static final String UNKNOWN_ID = "HVO9fWdpskeJRacipDetegAAAAAAAEAAgAAAAAAAAAA";

  /** A well-formed id of a source file that does not exist. */
  public static final String UNKNOWN_FILE_ID = "00000000-0000-4000-8000-000000000000";

  /** The id of the Storage file of the first connection. */
  public static final String FILE = "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA";

  public static final String OTHER_FILE = "u9E_00ckVU6sdWnH_vnk-bPJEu3c_VVItnIkNDWlTy0";
  public static final String THIRD_FILE = "TYJsPN0xtkWId0yUrXkS5pN5AQzuullIkxz5aDnDJSI";

  public static final String CONNECTION = CONNECTIONS + "/" + ID;
  public static final String FILES = CONNECTION + "/sourcefiles";
  public static final String SOURCE_FILE = FILES + "/" + FILE_ID;
  public static final String RUNS = CONNECTION + "/runs";

  /** The id of the first run that a test server starts after it created the first connection. */
  public static final String RUN_ID = NEXT_FILE_ID;

  /** The id of the first task of the first run. */
  public static final String TASK_ID = "58e3babc-1b2c-4d5e-8f60-718293a4b5c6";

  public static final String RUN = RUNS + "/" + RUN_ID;

  private ApiFixtures() {}

  /** Returns use cases without data, on adapters in memory. */
  public static UseCases useCases() {
    var runs = new InMemoryRunStore();
    return UseCases.on(
        new Dependencies(
            runs.connections(),
            new InMemoryIModelDirectory(),
            StorageFiles.UNCHECKED,
            Limits.NONE,
            new RequestValidator(TestValidator.VALIDATOR),
            Clock.systemUTC(),
            UUID::randomUUID,
            Dependencies.AUDIT_RETENTION),
        new RunDependencies(runs, RunQueue.WITHOUT_WORKERS, Connectors.NONE, RunRules.DEFAULT));
  }

  /** Starts a server that has the documented connection. */
  public static TestServer server() {
    var server = TestServer.start();
    assertThat(server.create(golden("create-request")).statusCode()).isEqualTo(201);
    return server;
  }

  public static String file(String storageFileId, String connectorType) {
    return "{\"storageFileId\": \"%s\", \"connectorType\": \"%s\"}"
        .formatted(storageFileId, connectorType);
  }

  public static String connection(String iModelId, String displayName, String... files) {
    return "{\"displayName\": \"%s\", \"iModelId\": \"%s\", \"sourceFiles\": [%s]}"
        .formatted(displayName, iModelId, String.join(",", files));
  }

  public static void assertAnswer(HttpResponse<String> answer, int status, String golden) {
    assertThat(pretty(answer.body())).isEqualTo(golden(golden));
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
  }

  /** As {@link #assertAnswer}, for a 422 of malformed JSON, which also has reason and position. */
  public static void assertMalformed(HttpResponse<String> answer, String golden) {
    assertThat(Wire.withoutPlace(answer.body())).isEqualTo(golden(golden));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
  }

  /**
   * Asserts an answer without a body and without a content type, which official clients require.
   */
  public static void assertNoBody(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("Content-Type")).isEmpty();
  }

  public static String etag(HttpResponse<String> answer) {
    assertThat(answer.headers().allValues("ETag")).hasSize(1);
    return answer.headers().firstValue("ETag").orElseThrow();
  }
}
