package io.storageconnections.adapter.http.error;

import static io.storageconnections.adapter.http.ApiFixtures.CONNECTION;
import static io.storageconnections.adapter.http.ApiFixtures.FILES;
import static io.storageconnections.adapter.http.ApiFixtures.SOURCE_FILE;
import static io.storageconnections.adapter.http.ApiFixtures.file;
import static io.storageconnections.adapter.http.ApiFixtures.server;
import static io.storageconnections.adapter.http.fixture.Wire.golden;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.DirectoryException;
import io.storageconnections.application.port.DirectoryException.Reason;
import io.storageconnections.domain.connection.StorageFileId;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests of the answers to what the directory of iModels and Storage say about a request. */
final class DirectoryAnswersTest {

  private static final String FILE = "TYJsPN0xtkWId0yUrXkS5pN5AQzuullIkxz5aDnDJSI";

  private final TestServer server = server();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_reader_reads_and_a_change_is_403() {
    server.platform.grant(Access.READ);
    assertThat(server.get(CONNECTION).statusCode()).isEqualTo(200);
    assertThat(server.get(FILES).statusCode()).isEqualTo(200);
    assertInsufficient(server.delete(CONNECTION));
    assertInsufficient(server.post(FILES, file(FILE, "DWG")));
    assertInsufficient(server.delete(SOURCE_FILE));
    assertInsufficient(server.create(golden("create-request")));
  }

  @Test
  void a_caller_who_is_denied_gets_403_for_reading_too() {
    server.platform.grant(Access.DENIED);
    assertInsufficient(server.get(CONNECTION));
    assertInsufficient(server.get(SOURCE_FILE));
    assertInsufficient(
        server.get(TestServer.CONNECTIONS + "?imodelId=7dbd531d-6967-47b2-8945-a722a437ad7a"));
  }

  @Test
  void a_caller_without_access_learns_nothing() {
    server.platform.grant(Access.NONE);
    assertThat(server.get(CONNECTION).body()).contains("StorageConnectionNotFound");
    assertThat(server.create(golden("create-request")).body())
        .contains("Provided imodelId value is not valid.");
  }

  @Test
  void a_file_that_the_caller_may_not_map_is_named_by_its_pointer() {
    server.platform.remove(StorageFileId.parse(FILE));
    var answer = server.post(FILES, file(FILE, "DWG"));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("\"message\":\"Provided storageFileId value is not valid.\"")
        .contains("\"pointer\":\"/storageFileId\"");
  }

  @Test
  void the_known_name_of_a_file_is_shown_in_all_answers() {
    server.platform.name(StorageFileId.parse(FILE), "Level \u00e4.dgn");
    var name = "\"lastKnownFileName\":\"Level \u00e4.dgn\"";
    assertThat(server.post(FILES, file(FILE, "DWG")).body()).contains(name);
    assertThat(server.get(FILES).body()).contains(name);
    assertThat(server.get(FILES).body()).contains("\"lastKnownFileName\":null");
  }

  @Test
  void a_system_that_cannot_answer_makes_503_that_names_it() {
    server.platform.failWith(
        new DirectoryException(
            Reason.UNAVAILABLE, "The platform answered 500.", null, new IOException("reset")));
    var answer = server.get(CONNECTION);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("5");
    assertThat(answer.body())
        .isEqualTo(
            "{\"error\":{\"code\":\"ServiceUnavailable\",\"message\":\"The platform answered 500."
                + " Nothing was changed. Try again later.\"}}");
  }

  @Test
  void a_system_that_refuses_the_token_makes_401_and_one_that_is_busy_429() {
    server.platform.failWith(
        new DirectoryException(
            Reason.TOKEN_REFUSED, "The platform refuses the token.", null, null));
    var refused = server.get(CONNECTION);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate"))
        .contains("Bearer error=\"invalid_token\"");
    assertThat(refused.body())
        .isEqualTo(
            "{\"error\":{\"code\":\"Unauthorized\",\"message\":\"The platform refuses the"
                + " token.\"}}");
    server.platform.failWith(
        new DirectoryException(
            Reason.BUSY, "The platform is busy.", Duration.ofMillis(17_500), null));
    var busy = server.get(CONNECTION);
    assertThat(busy.statusCode()).isEqualTo(429);
    assertThat(busy.headers().firstValue("Retry-After")).contains("18");
    assertThat(busy.body()).contains("TooManyRequests", "The platform is busy.");
  }

  private static void assertInsufficient(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body())
        .isEqualTo(
            "{\"error\":{\"code\":\"InsufficientPermissions\",\"message\":\"The user has"
                + " insufficient permissions for the requested operation.\"}}");
  }
}
