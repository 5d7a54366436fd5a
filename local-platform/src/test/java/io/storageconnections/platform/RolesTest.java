package io.storageconnections.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what each role may do on each route. */
@TestInstance(Lifecycle.PER_CLASS)
final class RolesTest {

  private static final String FORBIDDEN =
      "403 {\"error\":{\"code\":\"InsufficientPermissions\",\"message\":\"The user has"
          + " insufficient permissions for the requested operation.\"}}";

  private final PlatformServer server = PlatformServer.own();
  private String iTwin = "";
  private String iModel = "";

  @BeforeEach
  void prepare() {
    server.clear();
    iTwin = server.newITwin("owner", "Bridge");
    iModel = server.newIModel("owner", iTwin, "Sun");
    for (var role : List.of("reader", "writer")) {
      put(role, role);
    }
  }

  @AfterAll
  void close() {
    server.close();
  }

  private void put(String subject, String role) {
    assertThat(
            server.answer(
                "owner",
                "PUT",
                "/itwins/" + iTwin + "/members/" + subject,
                "{\"role\": \"" + role + "\"}"))
        .startsWith("200");
  }

  /** A route, and the least role that may use it. */
  record Route(String needed, String method, String path, String body) {

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static Stream<Route> routes() {
    return Stream.of(
        new Route("reader", "GET", "/itwins/{iTwin}", ""),
        new Route("owner", "PATCH", "/itwins/{iTwin}", "{}"),
        new Route("owner", "DELETE", "/itwins/{iTwin}", ""),
        new Route("reader", "GET", "/itwins/{iTwin}/members", ""),
        new Route("reader", "GET", "/itwins/{iTwin}/members/reader", ""),
        new Route("owner", "PUT", "/itwins/{iTwin}/members/cy", "{\"role\": \"reader\"}"),
        new Route("owner", "PUT", "/itwins/{iTwin}/members?subject=c/y", "{\"role\": \"owner\"}"),
        new Route("owner", "DELETE", "/itwins/{iTwin}/members/reader", ""),
        new Route("owner", "DELETE", "/itwins/{iTwin}/members?subject=reader", ""),
        new Route("reader", "GET", "/imodels?iTwinId={iTwin}", ""),
        new Route("writer", "POST", "/imodels", "{\"iTwinId\": \"{iTwin}\", \"name\": \"New\"}"),
        new Route("reader", "GET", "/imodels/{iModel}", ""),
        new Route("writer", "PATCH", "/imodels/{iModel}", "{}"),
        new Route("writer", "DELETE", "/imodels/{iModel}", ""),
        new Route("reader", "GET", "/imodels/{iModel}/operations/create", ""),
        new Route("reader", "GET", "/imodels/{iModel}/users/x", ""));
  }

  @ParameterizedTest
  @MethodSource("routes")
  void a_route_is_for_its_role_and_those_above_it(Route route) {
    var order = List.of("reader", "writer", "owner");
    for (var role : order) {
      var answer = answer(role, route, iTwin, iModel);
      if (order.indexOf(role) < order.indexOf(route.needed())) {
        assertThat(answer).as("%s as %s", route, role).isEqualTo(FORBIDDEN);
      } else {
        assertThat(answer).as("%s as %s", route, role).matches("(?s)(2.*|404 .*UserNotFound.*)");
        prepare();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  void to_everyone_else_an_id_does_not_exist(Route route) {
    var unknown = "00000000-0000-4000-8000-0000000000ff";
    assertThat(answer("stranger", route, iTwin, iModel))
        .startsWith("404")
        .isEqualTo(answer("stranger", route, unknown, unknown))
        .isEqualTo(answer("s".repeat(256), route, iTwin, iModel));
    assertThat(answer("Reader", route, iTwin, iModel)).startsWith("404");
  }

  private String answer(String subject, Route route, String iTwinId, String iModelId) {
    return server.answer(
        subject,
        route.method(),
        fill(route.path(), iTwinId, iModelId),
        route.body().isEmpty() ? null : fill(route.body(), iTwinId, iModelId));
  }

  private static String fill(String text, String iTwinId, String iModelId) {
    return text.replace("{iTwin}", iTwinId).replace("{iModel}", iModelId);
  }

  @Test
  void a_member_can_be_read_and_an_unknown_role_is_answered_with_those_that_exist() {
    var members = "/itwins/" + iTwin + "/members/";
    assertThat(server.answer("reader", "GET", members + "writer", null))
        .isEqualTo("200 {\"member\":{\"subject\":\"writer\",\"role\":\"writer\"}}");
    assertThat(server.answer("reader", "GET", members + "stranger", null)).startsWith("404 ");
    assertThat(server.answer("owner", "PUT", members + "cy", "{\"role\": \"boss\"}"))
        .contains("It must be one of [reader, writer, owner].");
  }

  @Test
  void members_are_listed_with_their_roles() {
    assertThat(server.answer("reader", "GET", "/itwins/" + iTwin + "/members", null))
        .isEqualTo(
            "200 {\"members\":[{\"subject\":\"owner\",\"role\":\"owner\"},"
                + "{\"subject\":\"reader\",\"role\":\"reader\"},"
                + "{\"subject\":\"writer\",\"role\":\"writer\"}]}");
  }

  @Test
  void a_subject_with_a_slash_is_a_query_parameter() {
    var path = "/itwins/" + iTwin + "/members?subject=auth0%7Ca%2Fb";
    assertThat(server.answer("owner", "PUT", path, "{\"role\": \"writer\"}"))
        .isEqualTo("200 {\"member\":{\"subject\":\"auth0|a/b\",\"role\":\"writer\"}}");
    assertThat(server.answer("auth0|a/b", "GET", "/itwins/" + iTwin, null)).startsWith("200");
    assertThat(server.answer("owner", "DELETE", path, null)).isEqualTo("204");
    assertThat(server.answer("auth0|a/b", "GET", "/itwins/" + iTwin, null)).startsWith("404");
  }

  @ParameterizedTest
  @CsvSource({
    "'', '{\"role\": \"reader\"}', subject",
    "/cy, '{\"role\": \"admin\"}', role",
    "/cy, '{\"role\": 1}', role",
    "/cy, '{}', role",
    "?subject=%20, '{\"role\": \"reader\"}', subject"
  })
  void a_wrong_member_is_reported(String subject, String body, String target) {
    assertThat(server.answer("owner", "PUT", "/itwins/" + iTwin + "/members" + subject, body))
        .startsWith("422 {\"error\":{\"code\":\"InvalidiTwinsRequest\"")
        .contains("\"target\":\"" + target + "\"");
  }

  @Test
  void the_last_owner_stays() {
    var lastOwner =
        "409 {\"error\":{\"code\":\"LastOwner\",\"message\":\"An iTwin has at least one owner."
            + " Make another member an owner first.\"}}";
    var owner = "/itwins/" + iTwin + "/members/owner";
    assertThat(server.answer("owner", "DELETE", owner, null)).isEqualTo(lastOwner);
    assertThat(server.answer("owner", "PUT", owner, "{\"role\": \"writer\"}")).isEqualTo(lastOwner);
    assertThat(server.answer("owner", "PUT", owner, "{\"role\": \"owner\"}")).startsWith("200");
    put("writer", "owner");
    assertThat(server.answer("writer", "DELETE", owner, null)).isEqualTo("204");
    assertThat(server.answer("owner", "GET", "/itwins/" + iTwin, null)).startsWith("404");
  }

  @Test
  void a_member_that_does_not_exist_is_not_found() {
    assertThat(server.answer("owner", "DELETE", "/itwins/" + iTwin + "/members/cy", null))
        .startsWith("404")
        .contains("MemberNotFound");
  }

  @ParameterizedTest
  @ValueSource(strings = {"anyone", "nobody-else"})
  void in_the_open_mode_every_caller_owns_everything(String subject) {
    try (var open = PlatformServer.open()) {
      var id = open.newITwin("owner", "Bridge");
      assertThat(open.answer(subject, "GET", "/itwins", null)).contains(id);
      assertThat(open.answer(subject, "PATCH", "/itwins/" + id, "{}")).startsWith("200");
      assertThat(open.newIModel(subject, id, "Sun")).isNotEmpty();
      assertThat(open.answer(subject, "DELETE", "/itwins/" + id, null)).isEqualTo("204");
      assertThat(open.answer(subject, "GET", "/itwins/" + id, null)).startsWith("404");
    }
  }
}
