package io.storageconnections.adapter.http.audit;

import static io.storageconnections.adapter.http.ApiFixtures.CONNECTION;
import static io.storageconnections.adapter.http.ApiFixtures.ID;
import static io.storageconnections.adapter.http.ApiFixtures.IMODEL;
import static io.storageconnections.adapter.http.ApiFixtures.OTHER_FILE;
import static io.storageconnections.adapter.http.ApiFixtures.RUN;
import static io.storageconnections.adapter.http.ApiFixtures.SOURCE_FILE;
import static io.storageconnections.adapter.http.ApiFixtures.UNKNOWN_ID;
import static io.storageconnections.adapter.http.ApiFixtures.assertAnswer;
import static io.storageconnections.adapter.http.ApiFixtures.etag;
import static io.storageconnections.adapter.http.ApiFixtures.file;
import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.http.ApiFixtures;
import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.adapter.http.fixture.Wire;
import io.storageconnections.application.port.Access;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The audit trail of an iModel. */
final class AuditTest {

  private static final String AUDIT = "/synchronization/imodels/" + IMODEL + "/audit";

  private final TestServer server = ApiFixtures.server();

  @AfterEach
  void stop() {
    server.close();
  }

  /**
   * Returns a body without the times of the entries, and without the ids that the server created.
   */
  private static String masked(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(200);
    return Wire.pretty(answer.body())
        .replaceAll(
            "\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}0Z\"",
            "\"2026-11-26T10:14:30.1234560Z\"")
        .replaceAll("(\"correlationId\" *: *)\"[0-9a-f-]{36}\"", "$1\"created by the server\"");
  }

  private void assertOk(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
  }

  @Test
  void the_trail_has_every_change_newest_first_also_after_the_deletion_of_the_connection() {
    assertOk(server.put(CONNECTION, "{\"displayName\": \"Site\"}", "X-Correlation-Id", "rename"));
    assertOk(server.put(SOURCE_FILE, file(OTHER_FILE, "IFC"), "X-Correlation-Id", "replace"));
    assertOk(server.post(CONNECTION + "/run"));
    assertOk(server.post(RUN + "/cancel"));
    assertOk(server.delete(CONNECTION, "X-Correlation-Id", "delete"));
    assertThat(masked(server.get(AUDIT))).isEqualTo(Wire.golden("200-audit-trail"));
    assertThat(masked(server.get(AUDIT + "?connectionId=" + ID + "&$top=2&$skip=1")))
        .isEqualTo(Wire.golden("200-audit-trail-page"));
  }

  @Test
  void a_refused_request_and_one_that_changes_nothing_leave_the_trail_as_it_is() {
    var before = server.get(AUDIT);
    assertThat(server.create(Wire.golden("create-request")).statusCode()).isEqualTo(409);
    assertThat(server.put(CONNECTION, "{}", "If-Match", "\"7\"").statusCode()).isEqualTo(412);
    assertOk(server.put(CONNECTION, "{}"));
    var after = server.get(AUDIT);
    assertThat(after.body()).isEqualTo(before.body());
    assertThat(server.get(AUDIT, "If-None-Match", etag(before)).statusCode()).isEqualTo(304);
    server.put(CONNECTION, "{\"displayName\": \"Site\"}");
    assertThat(server.get(AUDIT, "If-None-Match", etag(before)).statusCode()).isEqualTo(200);
  }

  @Test
  void an_imodel_that_the_caller_cannot_see_is_404_and_a_reader_may_read_the_trail() {
    server.platform.grant(Access.READ);
    assertThat(server.get(AUDIT).statusCode()).isEqualTo(200);
    server.platform.grant(Access.NONE);
    assertAnswer(server.get(AUDIT), 404, "404-imodel");
  }

  @Test
  void malformed_ids_and_pages_are_422() {
    assertAnswer(
        server.get("/synchronization/imodels/x/audit?connectionId=y&$top=0&$skip=z"),
        422,
        "422-audit");
    var ofOther = UNKNOWN_ID.replace('H', 'I');
    assertAnswer(
        server.get(AUDIT + "?connectionId=" + ofOther), 422, "422-audit-connection-of-another");
  }

  @Test
  void a_connection_with_the_id_audit_is_still_one_of_the_connections() {
    assertThat(server.get(CONNECTIONS + "/audit").body())
        .contains("InvalidStorageConnectionRequest");
  }
}
