package io.storageconnections.adapter.http;

import static io.storageconnections.adapter.http.Life.FILE;
import static io.storageconnections.adapter.http.Life.ID;
import static io.storageconnections.adapter.http.Life.IMODEL;
import static io.storageconnections.adapter.http.Life.OTHER_FILE;
import static io.storageconnections.adapter.http.Life.THIRD_FILE;
import static io.storageconnections.adapter.http.Life.assertAnswer;
import static io.storageconnections.adapter.http.Life.assertNothing;
import static io.storageconnections.adapter.http.Life.connection;
import static io.storageconnections.adapter.http.Life.etag;
import static io.storageconnections.adapter.http.Life.file;
import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.domain.connection.ConnectionFixtures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections listed: which, in what order, how much of each, and how to go on. */
final class ListsTest {

  private static final String LIST = CONNECTIONS + "?imodelId=" + IMODEL;
  private static final String PUBLIC = "https://sync.example.org";

  private final TestServer server = Life.server();

  @AfterEach
  void stop() {
    server.close();
  }

  // ---- how much --------------------------------------------------------------------------------

  @Test
  void a_client_that_does_not_say_gets_what_identifies_a_connection() {
    var answer = server.get(LIST);
    assertAnswer(answer, 200, "200-connections-minimal");
    assertThat(answer.headers().firstValue("Preference-Applied")).isEmpty();
    assertThat(answer.headers().allValues("Vary")).containsExactly("Prefer, Accept-Encoding");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "return=representation              | representation | return=representation",
        "return=minimal                     | minimal        | return=minimal",
        "Return = Representation            | representation | return=representation",
        "return=\"representation\"          | representation | return=representation",
        "respond-async, return=representation; x=1 | representation | return=representation",
        "return=minimal, return=representation | minimal     | return=minimal",
        "return=everything                  | minimal        |",
        "handling=strict                    | minimal        |",
      })
  void a_preference_is_heeded_and_the_answer_says_so(
      String preference, String golden, String applied) {
    var answer = server.get(LIST, "Prefer", preference);
    assertAnswer(answer, 200, "200-connections-" + golden);
    assertThat(answer.headers().allValues("Preference-Applied"))
        .isEqualTo(applied == null ? List.of() : List.of(applied));
  }

  @Test
  void the_connections_of_every_kind_are_listed_alike() {
    var path = "/synchronization/imodels/connections?imodelId=" + IMODEL;
    assertAnswer(server.get(path), 200, "200-all-connections");
    assertThat(server.get("/synchronization/imodels/connections").statusCode()).isEqualTo(422);
  }

  // ---- which -----------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?iModelId=" + IMODEL,
        "?IMODELID=7DBD531D-6967-47B2-8945-A722A437AD7A",
        "?imodelid=" + IMODEL + "&iModelId=" + IMODEL,
        "?imodelId=" + IMODEL + "&future=1&%24filter=x&$TOP=100&%24SKIP=0"
      })
  void names_match_in_any_case_and_unknown_ones_are_passed_over(String query) {
    assertAnswer(server.get(CONNECTIONS + query), 200, "200-connections-minimal");
  }

  @ParameterizedTest
  @CsvSource({
    "storageFileId=%zz, storageFileId",
    "displayName=50%, displayName",
    "displayName=%FF, displayName",
    "displayName=a&displayName=b, displayName",
    "$top=%zz, $top",
    "connectorType=%C3, connectorType"
  })
  void a_filter_that_cannot_be_read_is_refused_and_never_left_out(String filter, String target)
      throws IOException {
    var answer =
        server.raw(
            "GET "
                + LIST
                + "&"
                + filter
                + " HTTP/1.1\r\n"
                + "Host: x\r\n"
                + "Authorization: Bearer good\r\n"
                + "Connection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 422 ");
    var body = answer.substring(answer.indexOf("\r\n\r\n"));
    assertThat(Wire.at(body, "/error/details/0/target")).isEqualTo(target);
    assertThat(Wire.at(body, "/error/details/0/code")).isEqualTo("InvalidValue");
  }

  @Test
  void the_sign_for_what_cannot_be_read_can_be_a_name() {
    server.create(connection(IMODEL, "\uFFFD", file(OTHER_FILE, "IFC")));
    var found = server.get(LIST + "&displayName=%ef%bf%bd");
    assertThat(Wire.count(found.body(), "/connections")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?imodelId=", "?imodelId", "?%24top=5"})
  void an_imodel_must_be_named(String query) {
    var answer = server.get(CONNECTIONS + query);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertAnswer(server.get(CONNECTIONS), 422, "422-list-no-imodel");
  }

  @Test
  void everything_that_is_wrong_with_a_query_is_told_at_once() {
    assertAnswer(
        server.get(
            CONNECTIONS
                + "?imodelId=x&storageFileId=&connectorType=mstn&displayName=%00&$skip=-1&$top=0"),
        422,
        "422-list-everything");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "abc", "1.5", "", "%201", "1e3", "%2B5", "0x10", "5&$top=6"})
  void a_page_size_that_is_none_is_refused(String top) {
    var answer = server.get(LIST + "&$top=" + top);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(Wire.at(answer.body(), "/error/details/0/target")).isEqualTo("$top");
    assertThat(Wire.at(answer.body(), "/error/details/0/code")).isEqualTo("InvalidValue");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000", "1001", "99999999999999999999999"})
  void a_greater_page_than_there_is_gets_the_greatest(String top) {
    var answer = server.get(LIST + "&$top=" + top);
    assertThat(Wire.at(answer.body(), "/_links/self/href"))
        .isEqualTo(PUBLIC + LIST + "&$skip=0&$top=1000");
  }

  @Test
  void who_has_a_file_is_found_or_nobody() {
    server.create(connection(IMODEL, "two", file(OTHER_FILE, "IFC")));
    var filter = "&storageFileId=" + FILE + "&connectorType=MSTN&displayName=30";
    assertAnswer(server.get(LIST + filter), 200, "200-connections-filtered");
    var free = server.get(LIST + "&storageFileId=" + THIRD_FILE);
    assertThat(free.statusCode()).isEqualTo(200);
    assertThat(Wire.count(free.body(), "/connections")).isZero();
    var ofType = server.get(LIST + "&connectorType=IFC");
    assertThat(Wire.count(ofType.body(), "/connections")).isEqualTo(1);
    assertThat(Wire.at(ofType.body(), "/connections/0/displayName")).isEqualTo("two");
  }

  @Test
  void a_name_is_found_exactly_and_kept_in_the_links() {
    var name = "50% & more+ \\\"ÄÖ\\\" 🚧";
    server.create(connection(IMODEL, name, file(OTHER_FILE, "IFC")));
    var encoded = "50%25%20%26%20more%2B%20%22%C3%84%C3%96%22%20%F0%9F%9A%A7";
    var found = server.get(LIST + "&displayName=" + encoded);
    assertThat(Wire.count(found.body(), "/connections")).isEqualTo(1);
    assertThat(Wire.at(found.body(), "/_links/self/href"))
        .isEqualTo(PUBLIC + LIST + "&displayName=" + encoded + "&$skip=0&$top=100");
    assertThat(Wire.count(server.get(LIST + "&displayName=50").body(), "/connections")).isZero();
  }

  // ---- order and pages -------------------------------------------------------------------------

  @Test
  void links_lead_through_all_of_it_in_order_and_to_an_end() {
    for (int i = 0; i < 6; i++) {
      var file = ConnectionFixtures.file(UUID.randomUUID().toString()).toString();
      server.create(connection(IMODEL, "" + i, file(file, "MSTN")));
    }
    var all = ids(server.get(LIST).body());
    assertThat(all).hasSize(7).doesNotHaveDuplicates().startsWith(ID);

    var forwards = new ArrayList<String>();
    var last = walk("&$top=3", "next", forwards);
    assertThat(forwards).isEqualTo(all);
    var backwards = new ArrayList<String>();
    walk(last.substring((PUBLIC + LIST).length()), "prev", backwards);
    assertThat(backwards).hasSize(7).containsExactlyInAnyOrderElementsOf(all);
    var unaligned = new ArrayList<String>();
    walk("&$skip=5&$top=3", "prev", unaligned);
    assertThat(unaligned).hasSize(7).containsExactlyInAnyOrderElementsOf(all);
  }

  /** Follows the links from a page, and returns where they end. */
  private String walk(String page, String link, List<String> ids) {
    var next = PUBLIC + LIST + page;
    while (true) {
      var url = URI.create(next.replace("$", "%24"));
      var body = server.get(url.getRawPath() + "?" + url.getRawQuery()).body();
      ids.addAll(ids(body));
      var following = Wire.at(body, "/_links/" + link + "/href");
      if (following.isEmpty()) {
        return next;
      }
      assertThat(ids).as("it does not end").hasSizeLessThan(100);
      next = following;
    }
  }

  private static List<String> ids(String body) {
    var ids = new ArrayList<String>();
    for (int i = 0; i < Wire.count(body, "/connections"); i++) {
      ids.add(Wire.at(body, "/connections/" + i + "/id"));
    }
    return ids;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "&$top=1            |                  |",
        "&$skip=1           | &$skip=0&$top=1   |",
        "&$skip=500&$top=10 | &$skip=0&$top=1   |",
        "&$skip=99999999999999999999 | &$skip=0&$top=1 |",
        "&$skip=0&$top=5    |                  |",
      })
  void there_is_a_link_only_where_there_is_a_page(String query, String prev, String next) {
    var body = server.get(LIST + query).body();
    assertThat(Wire.at(body, "/_links/prev/href"))
        .isEqualTo(prev == null ? "" : PUBLIC + LIST + prev);
    assertThat(Wire.at(body, "/_links/next/href"))
        .isEqualTo(next == null ? "" : PUBLIC + LIST + next);
    assertThat(Wire.at(body, "/_links/self/href")).startsWith(PUBLIC + LIST + "&$skip=");
  }

  @Test
  void an_empty_list_leads_nowhere() {
    var other = "54903ab0-6c75-41ba-a4ee-233aaa030cd6";
    var body = server.get(CONNECTIONS + "?imodelId=" + other + "&$skip=7").body();
    assertThat(Wire.at(body, "/_links/prev/href")).isEmpty();
    assertThat(Wire.at(body, "/_links/next/href")).isEmpty();
  }

  // ---- compression -----------------------------------------------------------------------------

  @Test
  void a_long_list_is_compressed_if_the_client_likes_and_one_connection_never() throws IOException {
    // Written as \u0001, so that no connection is longer.
    var name = "\\u0001".repeat(255);
    var id = "";
    for (int i = 0; i < 4; i++) {
      var file = ConnectionFixtures.file(UUID.randomUUID().toString()).toString();
      var created = server.create(connection(IMODEL, name, file(file, "MSTN")));
      id = Wire.at(created.body(), "/connection/id");
    }
    var list = server.bytes(LIST, "Prefer", "return=representation", "Accept-Encoding", "gzip");
    assertThat(list.headers().allValues("Content-Encoding")).containsExactly("gzip");
    assertThat(list.headers().allValues("Vary")).containsExactly("Prefer, Accept-Encoding");
    try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(list.body()))) {
      assertThat(new String(unzipped.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(server.get(LIST, "Prefer", "return=representation").body());
    }
    var one = server.bytes(CONNECTIONS + "/" + id, "Accept-Encoding", "gzip");
    assertThat(one.headers().allValues("Content-Encoding")).isEmpty();
    assertThat(new String(one.body(), StandardCharsets.UTF_8)).startsWith("{\"connection\":");
  }

  // ---- tags ------------------------------------------------------------------------------------

  @Test
  void a_list_is_not_sent_again_until_it_changes() {
    var tag = etag(server.get(LIST));
    assertThat(tag).startsWith("W/\"");
    var known = server.get(LIST, "If-None-Match", tag);
    assertNothing(known, 304);
    assertThat(etag(known)).isEqualTo(tag);
    assertThat(
            server.get(LIST, "If-None-Match", tag, "Prefer", "return=representation").statusCode())
        .isEqualTo(200);
    server.put(Life.CONNECTION, "{\"displayName\": \"new\"}");
    var changed = server.get(LIST, "If-None-Match", tag);
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(etag(changed)).isNotEqualTo(tag);
  }
}
