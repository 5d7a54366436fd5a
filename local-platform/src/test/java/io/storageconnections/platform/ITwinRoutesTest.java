package io.storageconnections.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
final class ITwinRoutesTest {

  private static final String NEW =
      """
      {"class": "Endeavor", "subClass": "Project", "displayName": "Bridge"}\
      """;

  /** The GUID of version 3 of the subject "ann". */
  private static final String ANN = "7e0d7f8a-5d96-324f-bcc8-40f31bce72b2";

  private final PlatformServer server = PlatformServer.own();

  @BeforeEach
  void clear() {
    server.clear();
  }

  @AfterAll
  void close() {
    server.close();
  }

  private String answer(String method, String path) {
    return server.answer("ann", method, path, null);
  }

  private String answer(String method, String path, String body) {
    return server.answer("ann", method, path, body);
  }

  @Test
  void a_new_iTwin_has_every_documented_member() {
    assertThat(
            answer(
                "POST",
                "/itwins/",
                """
                {"class": "Thing", "subClass": "Asset", "displayName": "Pump", "number": "P-1",
                 "type": "Water", "status": "Trial", "parentId": null, "unknown": 1,
                 "dataCenterLocation": "East US", "ianaTimeZone": "Europe/Paris",
                 "geographicLocation": "Exton, PA"}\
                """))
        .isEqualTo(
            "201 {\"iTwin\":{\"id\":\"00000000-0000-4000-8000-000000000001\",\"class\":\"Thing\","
                + "\"subClass\":\"Asset\",\"type\":\"Water\",\"number\":\"P-1\","
                + "\"displayName\":\"Pump\",\"geographicLocation\":\"Exton, PA\","
                + "\"ianaTimeZone\":\"Europe/Paris\",\"dataCenterLocation\":\"East US\","
                + "\"status\":\"Trial\",\"parentId\":\"a86ab5d4-30c4-4b3a-9dd1-6a7fcd2a1f57\","
                + "\"iTwinAccountId\":\"a86ab5d4-30c4-4b3a-9dd1-6a7fcd2a1f57\","
                + "\"imageName\":null,\"image\":null,"
                + "\"createdDateTime\":\"2026-11-26T10:00:00.1234560Z\","
                + "\"createdBy\":\""
                + ANN
                + "\","
                + "\"lastModifiedDateTime\":\"2026-11-26T10:00:00.1234560Z\","
                + "\"lastModifiedBy\":\""
                + ANN
                + "\"}}");
  }

  @Test
  void the_number_of_an_iTwin_without_one_is_its_id_and_its_status_is_active() {
    assertThat(answer("POST", "/itwins", NEW))
        .contains("\"number\":\"00000000-0000-4000-8000-000000000001\"", "\"status\":\"Active\"");
  }

  @Test
  void an_iTwin_is_read_as_it_was_created() {
    var created = answer("POST", "/itwins/", NEW);
    assertThat(answer("GET", "/itwins/00000000-0000-4000-8000-000000000001"))
        .isEqualTo(created.replaceFirst("201", "200"));
    assertThat(answer("GET", "/ITWINS/00000000-0000-4000-8000-000000000001/"))
        .isEqualTo(created.replaceFirst("201", "200"));
  }

  @Test
  void two_iTwins_may_have_one_name_but_not_one_number_in_a_subclass() {
    var numbered = NEW.replace("\"class\"", "\"number\": \"7\", \"class\"");
    assertThat(answer("POST", "/itwins", numbered)).startsWith("201");
    assertThat(answer("POST", "/itwins", NEW)).startsWith("201");
    assertThat(answer("POST", "/itwins", numbered))
        .isEqualTo(
            "409 {\"error\":{\"code\":\"iTwinExists\",\"message\":\"iTwin already exists.\","
                + "\"details\":[{\"code\":\"InvalidValue\","
                + "\"message\":\"Another iTwin of the same creator and subClass has this number.\","
                + "\"target\":\"number\",\"pointer\":\"/number\"}]}}");
    assertThat(answer("POST", "/itwins", numbered.replace("Project", "Program"))).startsWith("201");
  }

  @Test
  void a_number_does_not_tell_that_an_iTwin_of_another_creator_has_it() {
    var numbered = NEW.replace("\"class\"", "\"number\": \"7\", \"class\"");
    assertThat(answer("POST", "/itwins", numbered)).startsWith("201");
    assertThat(server.answer("bob", "POST", "/itwins", numbered)).startsWith("201");
    var other = server.answer("bob", "POST", "/itwins", NEW);
    var id = other.replaceFirst(".*?\"id\":\"([^\"]*)\".*", "$1");
    assertThat(server.answer("bob", "PATCH", "/itwins/" + id, "{\"number\": \"8\"}"))
        .startsWith("200");
    assertThat(server.answer("bob", "PATCH", "/itwins/" + id, "{\"number\": \"7\"}"))
        .startsWith("409");
  }

  @Test
  void everything_that_is_wrong_with_a_new_iTwin_is_reported_at_once() {
    assertThat(
            answer(
                "POST",
                "/itwins",
                """
                {"class": "Thing", "subClass": "Project", "number": 7, "status": "Gone",
                 "parentId": "b86ab5d4-30c4-4b3a-9dd1-6a7fcd2a1f57"}\
                """))
        .isEqualTo(
            "422 {\"error\":{\"code\":\"InvalidiTwinsRequest\","
                + "\"message\":\"Cannot perform operation.\",\"details\":["
                + "{\"code\":\"InvalidValue\",\"message\":\"Provided 'subClass' value is not"
                + " valid.\",\"target\":\"subClass\",\"pointer\":\"/subClass\"},"
                + "{\"code\":\"MissingRequiredProperty\",\"message\":\"Required property is"
                + " missing.\",\"target\":\"displayName\",\"pointer\":\"/displayName\"},"
                + "{\"code\":\"InvalidValue\",\"message\":\"Provided 'number' value is not"
                + " valid.\",\"target\":\"number\",\"pointer\":\"/number\"},"
                + "{\"code\":\"InvalidValue\",\"message\":\"Provided 'status' value is not"
                + " valid.\",\"target\":\"status\",\"pointer\":\"/status\"},"
                + "{\"code\":\"InvalidValue\",\"message\":\"Provided 'parentId' value is not"
                + " valid.\",\"target\":\"parentId\",\"pointer\":\"/parentId\"}]}}");
  }

  @Test
  void a_body_that_is_not_JSON_is_reported_with_its_place() {
    assertThat(answer("POST", "/itwins", "{"))
        .startsWith("422 {\"error\":{\"code\":\"InvalidiTwinsRequest\"")
        .contains("\"code\":\"InvalidRequestBody\"", "\"line\":1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/itwins/00000000-0000-4000-8000-0000000000ff", "/itwins/not-an-id", "/itwins/-"})
  void an_unknown_iTwin_is_not_found(String path) {
    var notFound =
        "404 {\"error\":{\"code\":\"iTwinNotFound\",\"message\":\"Requested iTwin is not"
            + " available.\"}}";
    assertThat(answer("GET", path)).isEqualTo(notFound);
    assertThat(answer("PATCH", path, "{}")).isEqualTo(notFound);
    assertThat(answer("DELETE", path)).isEqualTo(notFound);
  }

  @Test
  void a_change_keeps_the_members_that_the_request_does_not_have() {
    answer(
        "POST",
        "/itwins",
        """
        {"class": "Thing", "subClass": "Asset", "displayName": "Pump", "number": "P-1",
         "type": "Water"}\
        """);
    var changed =
        answer(
            "PATCH",
            "/itwins/00000000-0000-4000-8000-000000000001",
            "{\"displayName\": \"Valve\", \"type\": null, \"status\": \"Inactive\"}");
    assertThat(changed)
        .startsWith("200")
        .contains(
            "\"displayName\":\"Valve\"",
            "\"type\":null",
            "\"number\":\"P-1\"",
            "\"status\":\"Inactive\"",
            "\"subClass\":\"Asset\"");
    assertThat(answer("GET", "/itwins/00000000-0000-4000-8000-000000000001")).isEqualTo(changed);
  }

  @Test
  void a_change_cannot_remove_the_name_or_break_the_class() {
    var id = server.newITwin("ann", "Bridge");
    assertThat(answer("PATCH", "/itwins/" + id, "{\"displayName\": null, \"class\": \"Thing\"}"))
        .startsWith("422")
        .contains(
            "\"target\":\"class\"",
            "\"code\":\"MissingRequiredProperty\"",
            "\"target\":\"displayName\"");
  }

  @Test
  void an_iTwin_is_deleted_once() {
    var id = server.newITwin("ann", "Bridge");
    var deleted = server.send("ann", "DELETE", "/itwins/" + id, null);
    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(deleted.body()).isEmpty();
    assertThat(deleted.headers().firstValue("Content-Type")).isEmpty();
    assertThat(answer("GET", "/itwins/" + id)).startsWith("404");
    assertThat(answer("DELETE", "/itwins/" + id)).startsWith("404");
  }

  @Test
  void the_list_has_the_active_iTwins_of_the_caller_in_the_order_of_their_creation() {
    var first = server.newITwin("ann", "First");
    var second = server.newITwin("ann", "Second");
    server.newITwin("bob", "Other");
    answer("POST", "/itwins", NEW.replace("\"class\"", "\"status\": \"Inactive\", \"class\""));
    assertThat(answer("GET", "/itwins?&status=Active&"))
        .containsSubsequence("{\"iTwins\":[", first, second)
        .doesNotContain("Other", "Inactive")
        .endsWith(
            "],\"_links\":{\"self\":{\"href\":\"https://sync.example.org/itwins?status=Active&$skip=0&$top=100\"}}}");
    assertThat(answer("GET", "/itwins")).contains(first, second).doesNotContain("Inactive");
    assertThat(answer("GET", "/itwins?includeInactive=true")).contains(first, "Inactive");
    assertThat(answer("GET", "/itwins?status=Inactive")).doesNotContain(first);
  }

  @Test
  void a_page_links_to_its_neighbours_with_the_filters_of_the_request() {
    for (var name : new String[] {"Bridge A", "Bridge B", "Bridge C", "Tunnel"}) {
      server.newITwin("ann", name);
    }
    assertThat(answer("GET", "/itwins?%24search=bridge&%24top=1&$SKIP=1"))
        .contains("Bridge B")
        .doesNotContain("Bridge A", "Bridge C", "Tunnel")
        .endsWith(
            "\"_links\":{\"self\":{\"href\":\"https://sync.example.org/itwins?%24search=bridge&$skip=1&$top=1\"},"
                + "\"prev\":{\"href\":\"https://sync.example.org/itwins?%24search=bridge&$skip=0&$top=1\"},"
                + "\"next\":{\"href\":\"https://sync.example.org/itwins?%24search=bridge&$skip=2&$top=1\"}}}");
  }

  @ParameterizedTest
  @CsvSource({
    "displayName, ABC",
    "DISPLAYNAME%20asc, ABC",
    "displayName+desc, CBA",
    "number, CAB",
    "'', BCA"
  })
  void the_list_has_the_order_that_the_request_asks_for(String orderBy, String names) {
    for (var iTwin : new String[] {"B-3", "C-1", "A-2"}) {
      answer(
          "POST",
          "/itwins",
          NEW.replace("\"Bridge\"", "\"" + iTwin.charAt(0) + "\"")
              .replace("\"class\"", "\"number\": \"" + iTwin.charAt(2) + "\", \"class\""));
    }
    assertThat(answer("GET", "/itwins?$orderBy=" + orderBy))
        .containsSubsequence(
            names.chars().mapToObj(name -> "\"displayName\":\"" + (char) name + "\"").toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "displayName=Bridge",
        "number=N",
        "type=T",
        "subClass=Asset",
        "parentId=a86ab5d4-30c4-4b3a-9dd1-6a7fcd2a1f57",
        "iTwinAccountId=A86AB5D4-30C4-4B3A-9DD1-6A7FCD2A1F57",
        "$search=brid",
        "$search=n"
      })
  void each_filter_selects_iTwins(String query) {
    answer(
        "POST",
        "/itwins",
        """
        {"class": "Thing", "subClass": "Asset", "displayName": "Bridge", "number": "N",
         "type": "T"}\
        """);
    assertThat(answer("GET", "/itwins?" + query)).contains("\"displayName\":\"Bridge\"");
    var other = query.split("=", 2)[0] + "=" + other(query);
    assertThat(answer("GET", "/itwins?" + other)).startsWith("200 {\"iTwins\":[],");
  }

  private static String other(String query) {
    if (query.startsWith("subClass")) {
      return "Program";
    }
    return query.contains("Id=") ? "00000000-0000-4000-8000-0000000000ff" : "%25_";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$top=0",
        "$top=x",
        "$skip=-1",
        "status=Gone",
        "subClass=Bridge",
        "parentId=x",
        "includeInactive=1",
        "number=%ff",
        "$orderBy=zzz",
        "$orderBy=displayName%20up",
        "$orderBy=displayName%20asc%20desc",
        "$top=1&$top=2"
      })
  void a_wrong_parameter_is_reported(String query) {
    assertThat(answer("GET", "/itwins?" + query.replace("%ff", "%FF")))
        .startsWith("422 {\"error\":{\"code\":\"InvalidiTwinsRequest\"")
        .contains("\"target\":\"" + query.split("=", 2)[0] + "\"")
        .doesNotContain("pointer");
  }

  @Test
  void a_list_has_the_members_that_identify_its_entries_or_all_if_the_request_prefers_them() {
    var created = answer("POST", "/itwins", NEW);
    var minimal =
        "{\"iTwins\":[{\"id\":\"00000000-0000-4000-8000-000000000001\",\"class\":\"Endeavor\","
            + "\"subClass\":\"Project\",\"type\":null,"
            + "\"number\":\"00000000-0000-4000-8000-000000000001\",\"displayName\":\"Bridge\"}],";
    var unasked = server.send("ann", "GET", "/itwins", null);
    assertThat(unasked.body()).startsWith(minimal);
    assertThat(unasked.headers().firstValue("Preference-Applied")).isEmpty();
    var asked = server.send("ann", "GET", "/itwins", null, "prefer", "return=minimal");
    assertThat(asked.body()).startsWith(minimal);
    assertThat(asked.headers().firstValue("Preference-Applied")).contains("return=minimal");
    var all = server.send("ann", "GET", "/itwins", null, "prefer", "return=representation");
    assertThat(all.body())
        .startsWith(
            created
                .replaceFirst("201 \\{\"iTwin\":", "{\"iTwins\":[")
                .replaceFirst("}}$", "}],\"_links\":"));
  }

  @Test
  void a_single_iTwin_has_all_members_with_any_Prefer_header() {
    answer("POST", "/itwins", NEW);
    var path = "/itwins/00000000-0000-4000-8000-000000000001";
    assertThat(server.send("ann", "GET", path, null, "prefer", "return=minimal").body())
        .contains("\"status\":\"Active\"");
  }

  @Test
  void an_iTwin_may_be_below_another_one() {
    var parent = server.newITwin("ann", "Portfolio");
    assertThat(
            answer(
                "POST",
                "/itwins",
                NEW.replace("\"class\"", "\"parentId\": \"" + parent + "\", \"class\"")))
        .contains("\"parentId\":\"" + parent + "\"");
    assertThat(answer("GET", "/itwins?parentId=" + parent))
        .contains("Bridge")
        .doesNotContain("Portfolio");
  }

  @Test
  void a_method_that_a_path_does_not_support_is_refused_with_the_supported_ones() {
    var refused = server.send("ann", "PUT", "/itwins", "{}");
    assertThat(refused.statusCode()).isEqualTo(405);
    assertThat(refused.headers().firstValue("Allow").orElse("")).contains("GET", "HEAD", "POST");
    assertThat(refused.body()).contains("MethodNotAllowed");
  }

  @Test
  void head_answers_as_get_does_without_a_body() {
    var id = server.newITwin("ann", "Bridge");
    var head = server.send("ann", "HEAD", "/itwins/" + id, null);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/itwins", "/imodels/x", "/storage/", "/ITWINS/x"})
  void web_pages_may_use_the_routes(String path) {
    var preflight =
        server.send(
            "ann",
            "OPTIONS",
            path,
            null,
            "Origin",
            "https://app.example.org",
            "Access-Control-Request-Method",
            "PATCH");
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
        .contains("PATCH");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /itwins/favorites",
        "GET /itwins/recents",
        "POST /itwins/exports",
        "GET /imodels/x/changesets",
        "POST /imodels/x/namedversions",
        "GET /storage/recyclebin?iTwinId=x",
        "POST /storage/recyclebin/files/x/restore",
        "GET /storage/folders/x/search?name=pier"
      })
  void a_documented_operation_that_is_not_here_is_answered_by_name(String request) {
    var parts = request.split(" ", 2);
    assertThat(server.answer("ann", parts[0], parts[1], null))
        .startsWith("501 {\"error\":{\"code\":\"NotImplemented\",\"message\":\"Operation '")
        .endsWith("' is not implemented.\"}}");
  }

  @Test
  void a_request_without_a_token_is_refused() {
    var answer = server.send(HttpRequest.newBuilder(server.at("/itwins/x")));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("HeaderNotFound");
  }
}
