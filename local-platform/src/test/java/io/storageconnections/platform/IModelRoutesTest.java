package io.storageconnections.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.port.Caller;
import io.storageconnections.domain.connection.IModelId;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
final class IModelRoutesTest {

  /** The GUID of version 3 of the subject "ann". */
  private static final String ANN = "7e0d7f8a-5d96-324f-bcc8-40f31bce72b2";

  private static final String ITWIN = "00000000-0000-4000-8000-000000000001";
  private static final String IMODEL = "00000000-0000-4000-8000-000000000002";
  private static final String NEW = "{\"iTwinId\": \"" + ITWIN + "\", \"name\": \"Sun\"}";

  private static final String NOT_FOUND =
      "404 {\"error\":{\"code\":\"iModelNotFound\",\"message\":\"Requested iModel is not"
          + " available.\"}}";

  private static final PlatformServer.DeletedConnections BY_ANN =
      new PlatformServer.DeletedConnections(Caller.ofUser("client", "ann"), IModelId.parse(IMODEL));

  private final PlatformServer server = PlatformServer.own();

  @BeforeEach
  void prepare() {
    server.clear();
    assertThat(server.newITwin("ann", "Bridge")).isEqualTo(ITWIN);
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
  void a_new_iModel_has_every_documented_member() {
    var created =
        answer(
            "POST",
            "/imodels",
            """
            {"iTwinId": "00000000-0000-4000-8000-000000000001", "name": "Sun",
             "description": "A star", "creationMode": "empty",
             "extent": {"southWest": {"latitude": 46.1, "longitude": 7.67},
                        "northEast": {"latitude": 46.3, "longitude": 7.75}}}\
            """);
    assertThat(created)
        .isEqualTo(
            ("201 {'iModel':{'id':'00000000-0000-4000-8000-000000000002','displayName':'Sun','name':'Sun','description':'A"
                 + " star','state':'initialized','createdDateTime':'2026-11-26T10:00:00.1234560Z',"
                 + "'iTwinId':'00000000-0000-4000-8000-000000000001',"
                 + "'extent':{'southWest':{'latitude':46.1,'longitude':7.67},"
                 + "'northEast':{'latitude':46.3,'longitude':7.75}},"
                 + "'dataCenterLocation':'Local','isSecured':false,"
                 + "'containersEnabled':'None','creationMode':'empty',"
                 + "'lastChangesetPushDateTime':null,'_links':{"
                 + "'creator':{'href':'https://sync.example.org/imodels/00000000-0000-4000-8000-000000000002/users/"
                    + ANN
                    + "'},'namedVersions':{'href':'https://sync.example.org/imodels/00000000-0000-4000-8000-000000000002/namedversions'},"
                    + "'changesets':{'href':'https://sync.example.org/imodels/00000000-0000-4000-8000-000000000002/changesets'}}}}")
                .replace('\'', '"'));
    assertThat(answer("GET", "/imodels/" + IMODEL)).isEqualTo(created.replaceFirst("201", "200"));
  }

  @Test
  void the_creator_of_an_iModel_is_a_user() {
    answer("POST", "/imodels", NEW);
    assertThat(answer("GET", "/imodels/" + IMODEL + "/users/" + ANN))
        .isEqualTo(
            ("200 {'user':{'id':'"
                    + ANN
                    + "','displayName':'ann','givenName':'ann','surname':'','email':null,"
                    + "'_links':{'self':{'href':'https://sync.example.org/imodels/"
                    + IMODEL
                    + "/users/"
                    + ANN
                    + "'}}}}")
                .replace('\'', '"'));
    assertThat(answer("GET", "/imodels/" + IMODEL + "/users/" + IMODEL))
        .startsWith("404")
        .contains("UserNotFound");
  }

  @Test
  void the_operation_that_creates_an_iModel_is_successful() {
    answer("POST", "/imodels", NEW);
    assertThat(answer("GET", "/imodels/" + IMODEL + "/operations/create"))
        .isEqualTo("200 {\"createOperation\":{\"state\":\"successful\"}}");
  }

  @Test
  void a_name_is_unique_in_an_iTwin() {
    answer("POST", "/imodels", NEW);
    assertThat(answer("POST", "/imodels", NEW))
        .isEqualTo(
            "409 {\"error\":{\"code\":\"iModelExists\",\"message\":\"iModel with the same name"
                + " already exists within the iTwin.\"}}");
    var other = server.newITwin("ann", "Other");
    assertThat(answer("POST", "/imodels", NEW.replace(ITWIN, other))).startsWith("201");
  }

  @Test
  void a_deleted_iModel_is_gone_its_connections_too_and_its_name_is_free() {
    answer("POST", "/imodels", NEW);
    var deleted = server.send("ann", "DELETE", "/imodels/" + IMODEL, null);
    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(deleted.headers().firstValue("Content-Type")).isEmpty();
    assertThat(server.deletedConnections).containsExactly(BY_ANN);
    assertThat(answer("GET", "/imodels/" + IMODEL)).isEqualTo(NOT_FOUND);
    assertThat(answer("DELETE", "/imodels/" + IMODEL)).isEqualTo(NOT_FOUND);
    assertThat(answer("POST", "/imodels", NEW)).startsWith("201");
  }

  @Test
  void a_deleted_iTwin_takes_its_iModels_and_their_connections_with_it() {
    answer("POST", "/imodels", NEW);
    assertThat(answer("DELETE", "/itwins/" + ITWIN)).isEqualTo("204");
    assertThat(server.deletedConnections).containsExactly(BY_ANN);
    assertThat(answer("GET", "/imodels/" + IMODEL)).isEqualTo(NOT_FOUND);
    assertThat(answer("POST", "/imodels", NEW)).startsWith("404").contains("iTwinNotFound");
  }

  @Test
  void everything_that_is_wrong_with_a_new_iModel_is_reported_at_once() {
    assertThat(
            answer(
                "POST",
                "/imodels",
                "{\"description\": \""
                    + "x".repeat(256)
                    + "\", \"extent\": {\"southWest\": {\"latitude\": 91, \"longitude\": 0},"
                    + " \"northEast\": {\"latitude\": 0, \"longitude\": 0}},"
                    + " \"creationMode\": \"fromTemplate\"}"))
        .isEqualTo(
            ("422 {'error':{'code':'InvalidiModelsRequest','message':'Cannot perform operation.',"
                    + "'details':["
                    + missing("iTwinId")
                    + ","
                    + missing("name")
                    + ","
                    + invalid("description")
                    + ","
                    + invalid("extent")
                    + ","
                    + invalid("creationMode")
                    + "]}}")
                .replace("`", "\\'")
                .replace('\'', '"')
                .replace("\\\"", "'"));
  }

  private static String missing(String member) {
    return "{'code':'MissingRequiredProperty','message':'Required property is missing.',"
        + "'target':'%1$s','pointer':'/%1$s'}".formatted(member);
  }

  private static String invalid(String member) {
    return "{'code':'InvalidValue','message':'Provided `%1$s` value is not valid.',"
            .formatted(member)
        + "'target':'%1$s','pointer':'/%1$s'}".formatted(member);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "{}",
        "{\"southWest\": {\"latitude\": \"1\", \"longitude\": 0}, \"northEast\": {\"latitude\": 1,"
            + " \"longitude\": 1}}",
        "{\"southWest\": {\"latitude\": 0, \"longitude\": -181}, \"northEast\": {\"latitude\": 1,"
            + " \"longitude\": 1}}"
      })
  void a_wrong_extent_is_reported(String extent) {
    assertThat(
            answer(
                "POST",
                "/imodels",
                NEW.replace("\"name\"", "\"extent\": " + extent + ", \"name\"")))
        .startsWith("422")
        .contains("\"target\":\"extent\"");
  }

  @Test
  void a_change_keeps_the_members_that_the_request_does_not_have() {
    answer("POST", "/imodels", NEW.replace("\"name\"", "\"description\": \"A star\", \"name\""));
    assertThat(answer("PATCH", "/imodels/" + IMODEL, "{\"name\": \"Moon\"}"))
        .startsWith("200")
        .contains("\"name\":\"Moon\"", "\"description\":\"A star\"");
    assertThat(answer("PATCH", "/imodels/" + IMODEL, "{\"description\": null}"))
        .contains("\"name\":\"Moon\"", "\"description\":null");
    assertThat(answer("PATCH", "/imodels/" + IMODEL, "{\"name\": null}"))
        .startsWith("422")
        .contains("\"target\":\"name\"");
  }

  @Test
  void a_change_cannot_take_the_name_of_another_iModel() {
    server.newIModel("ann", ITWIN, "Sun");
    var moon = server.newIModel("ann", ITWIN, "Moon");
    assertThat(answer("PATCH", "/imodels/" + moon, "{\"name\": \"Sun\"}"))
        .startsWith("409")
        .contains("iModelExists");
  }

  @ParameterizedTest
  @CsvSource({
    "'',                             B A C",
    "'&$orderBy=name',               A B C",
    "'&$orderBy=name asc',           A B C",
    "'&%24orderBy=name%20desc',      C B A",
    "'&$orderBy=createdDateTime',    B A C",
    "'&$orderBy=createdDateTime desc', B A C",
    "'&name=A',                      A",
    "'&name=a',                      ''",
    "'&$search=a',                   A",
    "'&$top=1&$skip=1',              A"
  })
  void a_list_is_selected_and_ordered_as_the_query_says(String query, String names) {
    for (var name : new String[] {"B", "A", "C"}) {
      server.newIModel("ann", ITWIN, name);
    }
    var listed = answer("GET", "/imodels?iTwinId=" + ITWIN + query.replace(" ", "%20"));
    var found =
        Pattern.compile("\"displayName\":\"(.)\"")
            .matcher(listed)
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(String.join(" ", found)).isEqualTo(names);
    assertThat(listed).contains("\"_links\":{\"self\":{");
  }

  @Test
  void a_list_has_the_members_that_identify_its_entries_or_all_if_the_request_prefers_them() {
    var created = answer("POST", "/imodels", NEW);
    var path = "/imodels/?iTwinId=" + ITWIN;
    var minimal = "{\"iModels\":[{\"id\":\"" + IMODEL + "\",\"displayName\":\"Sun\"}],\"_links\":";
    var unasked = server.send("ann", "GET", path, null);
    assertThat(unasked.body()).startsWith(minimal);
    assertThat(unasked.headers().firstValue("Preference-Applied")).isEmpty();
    var asked = server.send("ann", "GET", path, null, "Prefer", "return=minimal");
    assertThat(asked.body()).startsWith(minimal);
    assertThat(asked.headers().firstValue("Preference-Applied")).contains("return=minimal");
    var all = server.send("ann", "GET", path, null, "Prefer", "return=representation");
    assertThat(all.body())
        .startsWith(
            created
                .replaceFirst("201 \\{\"iModel\":", "{\"iModels\":[")
                .replaceFirst("}}}}$", "}}}],\"_links\":"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "iTwinId=x", "iTwinId=" + ITWIN + "&$orderBy=size"})
  void a_wrong_query_is_reported(String query) {
    assertThat(answer("GET", "/imodels?" + query))
        .startsWith("422 {\"error\":{\"code\":\"InvalidiModelsRequest\"");
  }

  @Test
  void the_iModels_of_an_unknown_iTwin_are_not_listed_or_created() {
    var notFound =
        "404 {\"error\":{\"code\":\"iTwinNotFound\",\"message\":\"Requested iTwin is not"
            + " available.\"}}";
    assertThat(answer("GET", "/imodels?iTwinId=" + IMODEL)).isEqualTo(notFound);
    assertThat(answer("POST", "/imodels", NEW.replace(ITWIN, IMODEL))).isEqualTo(notFound);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/operations/create", "/users/" + ANN})
  void an_unknown_iModel_is_not_found(String below) {
    assertThat(answer("GET", "/imodels/" + IMODEL + below)).isEqualTo(NOT_FOUND);
    assertThat(answer("GET", "/imodels/not-an-id" + below)).isEqualTo(NOT_FOUND);
  }
}
