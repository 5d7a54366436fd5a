package io.storageconnections.adapter.http.connection;

import static io.storageconnections.adapter.http.ApiFixtures.FILE;
import static io.storageconnections.adapter.http.ApiFixtures.ID;
import static io.storageconnections.adapter.http.ApiFixtures.IMODEL;
import static io.storageconnections.adapter.http.ApiFixtures.OTHER_FILE;
import static io.storageconnections.adapter.http.ApiFixtures.THIRD_FILE;
import static io.storageconnections.adapter.http.ApiFixtures.assertAnswer;
import static io.storageconnections.adapter.http.ApiFixtures.assertNoBody;
import static io.storageconnections.adapter.http.ApiFixtures.connection;
import static io.storageconnections.adapter.http.ApiFixtures.etag;
import static io.storageconnections.adapter.http.ApiFixtures.file;
import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.http.ApiFixtures;
import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.adapter.http.fixture.Wire;
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

/** Lists of connections: preferences, filters, order, paging, compression and ETags. */
final class ListConnectionsTest {

  private static final String LIST = CONNECTIONS + "?imodelId=" + IMODEL;
  private static final String PUBLIC = "https://sync.example.org";

  private final TestServer server = ApiFixtures.server();

  @AfterEach
  void stop() {
    server.close();
  }

  // ---- preferences ------------------------------------------------------------------------------

  @Test
  void list_without_a_preference_is_minimal() {
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
  void preference_is_applied_and_reported(String preference, String golden, String applied) {
    var answer = server.get(LIST, "Prefer", preference);
    assertAnswer(answer, 200, "200-connections-" + golden);
    assertThat(answer.headers().allValues("Preference-Applied"))
        .isEqualTo(applied == null ? List.of() : List.of(applied));
  }

  @Test
  void list_of_all_connections_has_the_same_form() {
    var path = "/synchronization/imodels/connections?imodelId=" + IMODEL;
    assertAnswer(server.get(path), 200, "200-all-connections");
    assertThat(server.get("/synchronization/imodels/connections").statusCode()).isEqualTo(422);
  }

  // ---- filters ----------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?iModelId=" + IMODEL,
        "?IMODELID=7DBD531D-6967-47B2-8945-A722A437AD7A",
        "?imodelid=" + IMODEL + "&iModelId=" + IMODEL,
        "?imodelId=" + IMODEL + "&future=1&%24filter=x&$TOP=100&%24SKIP=0"
      })
  void parameter_names_match_in_any_case_and_unknown_parameters_are_ignored(String query) {
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
  void filter_that_cannot_be_decoded_is_422(String filter, String target) throws IOException {
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        LIST + "&%FF=1",
        LIST + "&display%zzName=x&$top=0",
        "/synchronization/imodels/connections?%C3",
        ApiFixtures.FILES + "?%=",
        "/synchronization/imodels/connections/authorizationinformation?%80=x"
      })
  void parameter_name_that_cannot_be_decoded_is_422(String target) throws IOException {
    var answer =
        server.raw(
            "GET "
                + target
                + " HTTP/1.1\r\n"
                + "Host: x\r\n"
                + "Authorization: Bearer good\r\n"
                + "Connection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 422 ");
    var body = answer.substring(answer.indexOf("\r\n\r\n"));
    assertThat(Wire.at(body, "/error/code")).matches("Invalid[A-Za-z]+Request");
    assertThat(Wire.count(body, "/error/details")).isEqualTo(1);
    assertThat(Wire.at(body, "/error/details/0/code")).isEqualTo("InvalidValue");
    assertThat(Wire.at(body, "/error/details/0/message")).contains("name of a query parameter");
  }

  @Test
  void replacement_character_is_a_valid_display_name() {
    server.create(connection(IMODEL, "\uFFFD", file(OTHER_FILE, "IFC")));
    var found = server.get(LIST + "&displayName=%ef%bf%bd");
    assertThat(Wire.count(found.body(), "/connections")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?imodelId=", "?imodelId", "?%24top=5"})
  void list_requires_an_imodel_id(String query) {
    var answer = server.get(CONNECTIONS + query);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertAnswer(server.get(CONNECTIONS), 422, "422-list-no-imodel");
  }

  @Test
  void all_violations_of_a_query_are_reported() {
    assertAnswer(
        server.get(
            CONNECTIONS
                + "?imodelId=x&storageFileId=&connectorType=mstn&displayName=%00&$skip=-1&$top=0"),
        422,
        "422-list-everything");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "abc", "1.5", "", "%201", "1e3", "%2B5", "0x10", "5&$top=6"})
  void invalid_page_size_is_422(String top) {
    var answer = server.get(LIST + "&$top=" + top);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(Wire.at(answer.body(), "/error/details/0/target")).isEqualTo("$top");
    assertThat(Wire.at(answer.body(), "/error/details/0/code")).isEqualTo("InvalidValue");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000", "1001", "99999999999999999999999"})
  void page_size_above_the_maximum_becomes_the_maximum(String top) {
    var answer = server.get(LIST + "&$top=" + top);
    assertThat(Wire.at(answer.body(), "/_links/self/href"))
        .isEqualTo(PUBLIC + LIST + "&$skip=0&$top=1000");
  }

  @Test
  void list_is_filtered_by_storage_file_connector_type_and_name() {
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
  void display_name_filter_is_exact_and_is_encoded_in_links() {
    var name = "50% & more+ \\\"ÄÖ\\\" 🚧";
    server.create(connection(IMODEL, name, file(OTHER_FILE, "IFC")));
    var encoded = "50%25%20%26%20more%2B%20%22%C3%84%C3%96%22%20%F0%9F%9A%A7";
    var found = server.get(LIST + "&displayName=" + encoded);
    assertThat(Wire.count(found.body(), "/connections")).isEqualTo(1);
    assertThat(Wire.at(found.body(), "/_links/self/href"))
        .isEqualTo(PUBLIC + LIST + "&displayName=" + encoded + "&$skip=0&$top=100");
    assertThat(Wire.count(server.get(LIST + "&displayName=50").body(), "/connections")).isZero();
  }

  // ---- order and pages --------------------------------------------------------------------------

  @Test
  void links_visit_every_connection_once_in_order_and_end() {
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

  /** Follows the links from a page, collects the ids, and returns the URL of the last page. */
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
      assertThat(ids).as("the links do not end").hasSizeLessThan(100);
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
  void prev_and_next_exist_only_if_there_is_such_a_page(String query, String prev, String next) {
    var body = server.get(LIST + query).body();
    assertThat(Wire.at(body, "/_links/prev/href"))
        .isEqualTo(prev == null ? "" : PUBLIC + LIST + prev);
    assertThat(Wire.at(body, "/_links/next/href"))
        .isEqualTo(next == null ? "" : PUBLIC + LIST + next);
    assertThat(Wire.at(body, "/_links/self/href")).startsWith(PUBLIC + LIST + "&$skip=");
  }

  @Test
  void empty_list_has_no_prev_and_next() {
    var other = "54903ab0-6c75-41ba-a4ee-233aaa030cd6";
    var body = server.get(CONNECTIONS + "?imodelId=" + other + "&$skip=7").body();
    assertThat(Wire.at(body, "/_links/prev/href")).isEmpty();
    assertThat(Wire.at(body, "/_links/next/href")).isEmpty();
  }

  // ---- compression ------------------------------------------------------------------------------

  @Test
  void long_list_is_compressed_on_request_and_a_single_connection_is_not() throws IOException {
    // JSON escapes this character as six characters, so this is the longest possible connection.
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

  // ---- ETags ------------------------------------------------------------------------------------

  @Test
  void unchanged_list_is_304() {
    var tag = etag(server.get(LIST));
    assertThat(tag).startsWith("W/\"");
    var known = server.get(LIST, "If-None-Match", tag);
    assertNoBody(known, 304);
    assertThat(etag(known)).isEqualTo(tag);
    assertThat(
            server.get(LIST, "If-None-Match", tag, "Prefer", "return=representation").statusCode())
        .isEqualTo(200);
    server.put(ApiFixtures.CONNECTION, "{\"displayName\": \"new\"}");
    var changed = server.get(LIST, "If-None-Match", tag);
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(etag(changed)).isNotEqualTo(tag);
  }
}
