package io.storageconnections.bootstrap;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import io.javalin.Javalin;
import io.storageconnections.adapter.auth.DevelopmentIssuer;
import io.storageconnections.adapter.auth.TokenPolicy;
import io.storageconnections.adapter.http.HttpApi;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.port.TokenVerifier;
import io.storageconnections.adapter.http.ratelimit.RateLimit;
import io.storageconnections.adapter.http.security.BearerAuthentication;
import io.storageconnections.adapter.persistence.Database;
import io.storageconnections.application.port.Permission;
import io.storageconnections.application.port.Verification.Reason;
import io.storageconnections.application.port.Verification.Rejected;
import io.storageconnections.bootstrap.AccessMatrixTest.Operation.Needs;
import io.storageconnections.bootstrap.fixture.ApiClient;
import io.storageconnections.bootstrap.fixture.PlatformClient;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.embedded.StorageConnectionsService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every route with every kind of caller, with the directory {@code own}. A request that changes
 * something has an iTwin of its own, with an iModel, a file, a connection of the file and a
 * completed run.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class AccessMatrixTest {

  private static final String CONNECTIONS = ApiClient.PATH;
  private static final String CONNECTION = CONNECTIONS + "/{connection}";
  private static final String RUN = CONNECTION + "/runs/{run}";
  private static final String FILE = "/storage/files/{file}";
  private static final String FOLDER = "/storage/folders/{folder}";

  /**
   * An operation.
   *
   * @param path with the names of {@link World#ids()} in braces
   */
  record Operation(String method, String path, @Nullable String body, Needs needs) {

    /** The least that a caller needs for an operation. */
    enum Needs {
      TOKEN,
      READ,
      WRITE,
      RUN,
      OWNER
    }

    Operation(String method, String path, Needs needs) {
      this(method, path, null, needs);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static Stream<Operation> operations() {
    return Stream.of(connections(), sourceFiles(), runs(), iTwins(), iModels(), files(), folders())
        .flatMap(List::stream)
        .flatMap(operation ->
            operation.method().equals("GET")
                ? Stream.of(operation, new Operation("HEAD", operation.path(), operation.needs()))
                : Stream.of(operation));
  }

  private static List<Operation> connections() {
    return List.of(
        new Operation(
            "POST",
            CONNECTIONS,
            "{\"iModelId\": \"{iModel}\", \"sourceFiles\": [{\"storageFileId\": \"{freeFile}\","
                + " \"connectorType\": \"MSTN\"}]}",
            Needs.WRITE),
        new Operation("GET", CONNECTIONS + "?imodelId={iModel}", Needs.READ),
        new Operation("GET", "/synchronization/imodels/connections?imodelId={iModel}", Needs.READ),
        new Operation("GET", CONNECTION, Needs.READ),
        new Operation("PUT", CONNECTION, "{\"displayName\": \"31\"}", Needs.WRITE),
        new Operation("DELETE", CONNECTION, Needs.WRITE),
        new Operation("GET", "/synchronization/imodels/{iModel}/audit", Needs.READ),
        new Operation(
            "GET",
            "/synchronization/imodels/connections/authorizationinformation"
                + "?redirectUrl=http://localhost:3000",
            Needs.TOKEN),
        new Operation("GET", "/synchronization/connectortypes", Needs.TOKEN));
  }

  private static List<Operation> sourceFiles() {
    var file = CONNECTION + "/sourcefiles/{sourceFile}";
    return List.of(
        new Operation(
            "POST",
            CONNECTION + "/sourcefiles",
            "{\"storageFileId\": \"{freeFile}\", \"connectorType\": \"MSTN\"}",
            Needs.WRITE),
        new Operation("GET", CONNECTION + "/sourcefiles", Needs.READ),
        new Operation("GET", file, Needs.READ),
        new Operation(
            "PUT",
            file,
            "{\"storageFileId\": \"{file}\", \"connectorType\": \"IFC\"}",
            Needs.WRITE),
        new Operation("DELETE", file, Needs.WRITE));
  }

  private static List<Operation> runs() {
    return List.of(
        new Operation("POST", CONNECTION + "/run", Needs.RUN),
        new Operation("POST", CONNECTION + "/runs", Needs.RUN),
        new Operation("GET", CONNECTION + "/runs", Needs.READ),
        new Operation("GET", RUN, Needs.READ),
        new Operation("POST", RUN + "/cancel", Needs.RUN),
        // The run has succeeded, so a caller who may retry it is told that there is nothing to do.
        new Operation("POST", RUN + "/retry", Needs.RUN),
        new Operation("GET", RUN + "/tasks/{task}/output", Needs.READ));
  }

  private static List<Operation> iTwins() {
    var body = "{\"class\": \"Endeavor\", \"subClass\": \"Project\", \"displayName\": \"New\"}";
    var operations =
        new ArrayList<>(
            List.of(
                new Operation("GET", "/itwins", Needs.TOKEN),
                new Operation("POST", "/itwins", body, Needs.TOKEN),
                new Operation("GET", "/itwins/{iTwin}", Needs.READ),
                new Operation(
                    "PATCH", "/itwins/{iTwin}", "{\"displayName\": \"Dam\"}", Needs.OWNER),
                new Operation("DELETE", "/itwins/{iTwin}", Needs.OWNER),
                new Operation("GET", "/itwins/{iTwin}/members", Needs.READ),
                new Operation("GET", "/itwins/{iTwin}/members/cid", Needs.READ)));
    for (var member :
        List.of("/itwins/{iTwin}/members/cid", "/itwins/{iTwin}/members?subject=cid")) {
      operations.add(new Operation("PUT", member, "{\"role\": \"writer\"}", Needs.OWNER));
      operations.add(new Operation("DELETE", member, Needs.OWNER));
    }
    return operations;
  }

  private static List<Operation> iModels() {
    return List.of(
        new Operation("GET", "/imodels?iTwinId={iTwin}", Needs.READ),
        new Operation(
            "POST", "/imodels", "{\"iTwinId\": \"{iTwin}\", \"name\": \"New\"}", Needs.WRITE),
        new Operation("GET", "/imodels/{iModel}", Needs.READ),
        new Operation("PATCH", "/imodels/{iModel}", "{\"name\": \"Dam\"}", Needs.WRITE),
        new Operation("DELETE", "/imodels/{iModel}", Needs.WRITE),
        new Operation("GET", "/imodels/{iModel}/operations/create", Needs.READ),
        new Operation("GET", "/imodels/{iModel}/users/{user}", Needs.READ));
  }

  private static List<Operation> files() {
    return List.of(
        new Operation("GET", FILE, Needs.READ),
        new Operation("PATCH", FILE, "{\"displayName\": \"new.dgn\"}", Needs.WRITE),
        new Operation("DELETE", FILE, Needs.WRITE),
        new Operation("POST", FILE + "/updatecontent", Needs.WRITE),
        new Operation("POST", FILE + "/complete", Needs.WRITE),
        new Operation("GET", FILE + "/download", Needs.READ));
  }

  private static List<Operation> folders() {
    return List.of(
        new Operation("GET", "/storage?iTwinId={iTwin}", Needs.READ),
        new Operation("GET", FOLDER, Needs.READ),
        new Operation("PATCH", FOLDER, "{\"displayName\": \"new\"}", Needs.WRITE),
        new Operation("DELETE", FOLDER, Needs.WRITE),
        new Operation("POST", FOLDER + "/folders", "{\"displayName\": \"more\"}", Needs.WRITE),
        new Operation("POST", FOLDER + "/files", "{\"displayName\": \"more.dgn\"}", Needs.WRITE),
        new Operation("GET", FOLDER + "/folders", Needs.READ),
        new Operation("GET", FOLDER + "/files", Needs.READ),
        new Operation("GET", FOLDER + "/list", Needs.READ));
  }

  /**
   * An iTwin with everything in it: ann is an owner, bob a writer, cid a reader.
   *
   * @param ids the ids by the names that paths and bodies contain
   */
  private record World(Map<String, String> ids) {

    String filled(String template) {
      var text = template;
      for (var id : ids.entrySet()) {
        text = text.replace("{" + id.getKey() + "}", id.getValue());
      }
      return text;
    }

    /** Replaces the ids by their names. */
    String anonymous(String text) {
      var anonymous = text;
      for (var id : ids.entrySet()) {
        anonymous = anonymous.replace(id.getValue(), "{" + id.getKey() + "}");
      }
      return anonymous;
    }
  }

  /**
   * What an answer shows to a client, without the headers that differ for each request. Whether the
   * server closes a connection depends on how much of a body it has received before it answers.
   */
  private record Answer(int status, Map<String, List<String>> headers, String body) {

    static Answer of(HttpResponse<String> response) {
      var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
      headers.putAll(response.headers().map());
      headers.keySet().removeAll(List.of("date", "x-correlation-id", "connection"));
      return new Answer(response.statusCode(), headers, response.body());
    }

    Answer anonymous(World world) {
      var anonymous = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
      headers.forEach((name, values) ->
          anonymous.put(
              name,
              // The length of ids is the same; their text is not.
              values.stream().map(world::anonymous).toList()));
      return new Answer(status, anonymous, world.anonymous(body));
    }
  }

  /** Paths that a signature in the URL protects, or that show no data of an iTwin. */
  private static final Set<String> WITHOUT_TOKEN =
      Set.of("/synchronization/authorization", "/storage/content/{token}");

  /** The scope that a token needs for each permission. */
  private static final Map<Permission, String> POLICY =
      Map.of(
          Permission.READ, "connections.read",
          Permission.WRITE, "connections.write",
          Permission.RUN, "connections.run");

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Path folder;
  private SynchronizationServer server;
  private DevelopmentIssuer issuer;

  /** For requests that change nothing. */
  private World unchanged;

  private String expired;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    server =
        SynchronizationServer.builder()
            .ownPlatform(folder.resolve("blobs"))
            .developmentKeyIn(folder)
            .policy(new TokenPolicy(namesOfPolicy()))
            .start();
    issuer = issuer(Clock.systemUTC());
    unchanged = world();
    new PlatformClient(client("dan")).iTwin();
    expired = issuer(Clock.offset(Clock.systemUTC(), Duration.ofHours(-2))).issue("ann").value();
  }

  private static Map<Permission, Set<String>> namesOfPolicy() {
    return POLICY.entrySet().stream()
        .collect(toMap(Map.Entry::getKey, entry -> Set.of(entry.getValue())));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private DevelopmentIssuer issuer(Clock clock) {
    return DevelopmentIssuer.withKeyIn(folder, server.url(), null, clock);
  }

  private ApiClient client(String name) {
    return new ApiClient(server.url().toString(), token(name));
  }

  private String token(String name) {
    return token(name, POLICY.keySet());
  }

  private String token(String name, Collection<Permission> permissions) {
    var scopes = permissions.stream().map(POLICY::get).collect(joining(" "));
    return issuer.issue(name, name, "itwin-platform " + scopes).value();
  }

  private World world() throws Exception {
    var ann = client("ann");
    var platform = new PlatformClient(ann);
    var iTwin = platform.iTwin();
    var url = server.url().toString();
    for (var member : Map.of("bob", "writer", "cid", "reader").entrySet()) {
      var put =
          ann.put(
              url + "/itwins/" + iTwin + "/members/" + member.getKey(),
              "{\"role\": \"" + member.getValue() + "\"}");
      assertThat(put.statusCode()).isBetween(200, 201);
    }
    var iModel = platform.iModel(iTwin);
    var file = platform.file(iTwin, "pier.dgn", "design");
    var freeFile = platform.file(iTwin, "arch.dgn", "design");
    var root =
        found("/storage/folders/([A-Za-z0-9_-]{43})", ann.get(url + "/storage/?iTwinId=" + iTwin));
    var folders =
        ann.post(url + "/storage/folders/" + root + "/folders", "{\"displayName\": \"sub\"}");
    var connection = PlatformClient.id(ann.create(PlatformClient.connectionRequest(iModel, file)));
    var path = url + CONNECTIONS + "/" + connection;
    var sourceFile = found("\"id\":\"([^\"]+)\"", ann.get(path + "/sourcefiles"));
    var started = ann.post(path + "/run", "");
    assertThat(started.statusCode()).isEqualTo(202);
    var location = started.headers().firstValue("Location").orElseThrow();
    var run = send("GET", location, null, ann.token(), Map.of("Prefer", "wait=60"));
    assertThat(run.body()).contains("\"state\":\"Completed\"");
    return new World(
        Map.of(
            "iTwin", iTwin,
            "iModel", iModel,
            "file", file,
            "freeFile", freeFile,
            "folder", PlatformClient.id(folders),
            "connection", connection,
            "sourceFile", sourceFile,
            "run", location.substring(location.lastIndexOf('/') + 1),
            "task", found("\"tasks\":\\[\\{\"id\":\"([^\"]+)\"", run),
            "user", found("/users/([0-9a-f-]{36})", ann.get(url + "/imodels/" + iModel))));
  }

  private static World absent() {
    var iTwin = ITwinId.parse(UUID.randomUUID().toString());
    var iModel = IModelId.parse(UUID.randomUUID().toString());
    return new World(
        Map.of(
            "iTwin", iTwin.toString(),
            "iModel", iModel.toString(),
            "file", new StorageFileId(iTwin, UUID.randomUUID()).toString(),
            "freeFile", new StorageFileId(iTwin, UUID.randomUUID()).toString(),
            "folder", new StorageFileId(iTwin, UUID.randomUUID()).toString(),
            "connection", new ConnectionId(iModel, UUID.randomUUID()).toString(),
            "sourceFile", UUID.randomUUID().toString(),
            "run", UUID.randomUUID().toString(),
            "task", UUID.randomUUID().toString(),
            "user", UUID.randomUUID().toString()));
  }

  private static String found(String pattern, HttpResponse<String> response) {
    var matcher = Pattern.compile(pattern).matcher(response.body());
    assertThat(matcher.find()).as("%s in %s", pattern, response.body()).isTrue();
    return matcher.group(1);
  }

  private HttpResponse<String> send(Operation operation, World world, @Nullable String token) {
    return send(operation, world, token, Map.of());
  }

  private HttpResponse<String> send(
      Operation operation, World world, @Nullable String token, Map<String, String> headers) {
    var body = operation.body();
    return send(
        operation.method(),
        server.url() + world.filled(operation.path()),
        body == null ? null : world.filled(body),
        token,
        headers);
  }

  private static HttpResponse<String> send(
      String method,
      String url,
      @Nullable String body,
      @Nullable String token,
      Map<String, String> headers) {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(90))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    headers.forEach(request::header);
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Returns what the owner sees of an iTwin, to compare it. */
  private String state(World world) {
    return Stream.of(
            "/itwins/{iTwin}",
            "/itwins/{iTwin}/members",
            "/imodels/{iModel}",
            CONNECTIONS + "?imodelId={iModel}",
            CONNECTION,
            CONNECTION + "/sourcefiles",
            CONNECTION + "/runs",
            "/synchronization/imodels/{iModel}/audit",
            RUN,
            FILE,
            FOLDER,
            FOLDER + "/list")
        .map(path -> new Operation("GET", path, Needs.READ))
        .map(read -> send(read, world, token("ann"), Map.of("Prefer", "return=representation")))
        .map(response -> response.statusCode() + response.body())
        .reduce("", String::concat);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void a_caller_without_a_valid_token_learns_nothing(Operation operation) {
    var world = unchanged;
    var before = state(world);
    var wrongScope = issuer.issue("ann", "ann", "openid").value();
    var tokens = new ArrayList<@Nullable String>(List.of(expired, wrongScope, "nonsense"));
    tokens.add(null);
    for (var token : tokens) {
      var existing = Answer.of(send(operation, world, token)).anonymous(world);
      var absent = absent();
      assertThat(existing).isEqualTo(Answer.of(send(operation, absent, token)).anonymous(absent));
      assertThat(existing.status()).isEqualTo(401);
    }
    assertThat(state(world)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void a_member_of_another_itwin_gets_the_answer_that_it_would_get_if_nothing_existed(
      Operation operation) {
    var world = unchanged;
    var before = state(world);
    for (var headers :
        List.of(
            Map.<String, String>of(),
            Map.of("If-None-Match", "*"),
            Map.of("If-None-Match", "\"1\""),
            Map.of("If-Match", "\"1\""),
            Map.of("Prefer", "return=representation"))) {
      var response = send(operation, world, token("dan"), headers);
      var existing = Answer.of(response).anonymous(world);
      if (operation.needs() == Needs.TOKEN) {
        world.ids().values().forEach(id -> assertThat(response.body()).doesNotContain(id));
      } else {
        var absent = absent();
        assertThat(existing)
            .isEqualTo(Answer.of(send(operation, absent, token("dan"), headers)).anonymous(absent));
        assertThat(existing.status()).isIn(404, 422);
      }
    }
    assertThat(state(world)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void a_reader_reads_and_changes_nothing(Operation operation) throws Exception {
    assertAnswer(operation, "cid", Needs.READ);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void a_writer_also_changes_and_runs(Operation operation) throws Exception {
    assertAnswer(operation, "bob", Needs.RUN);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void an_owner_may_do_everything(Operation operation) throws Exception {
    assertAnswer(operation, "ann", Needs.OWNER);
  }

  private void assertAnswer(Operation operation, String caller, Needs allowed) throws Exception {
    if (operation.needs().compareTo(allowed) <= 0) {
      var world = isRead(operation) ? unchanged : world();
      var response = send(operation, world, token(caller));
      var nothingToRetry = operation.path().endsWith("/retry");
      assertThat(response.statusCode())
          .as(response.body())
          .matches(status -> nothingToRetry ? status == 409 : status < 400);
    } else {
      var before = state(unchanged);
      var response = send(operation, unchanged, token(caller));
      assertThat(response.statusCode()).as(response.body()).isEqualTo(403);
      assertThat(response.body()).contains("\"InsufficientPermissions\"");
      assertThat(state(unchanged)).isEqualTo(before);
    }
  }

  private static boolean isRead(Operation operation) {
    return operation.method().equals("GET") || operation.method().equals("HEAD");
  }

  /** The permission that an operation needs; null for none. */
  private static @Nullable Permission permission(Operation operation) {
    return switch (operation.needs()) {
      case TOKEN ->
          operation.path().equals("/itwins")
              ? operation.method().equals("POST") ? Permission.WRITE : Permission.READ
              : null;
      case READ -> Permission.READ;
      case WRITE, OWNER -> Permission.WRITE;
      case RUN -> Permission.RUN;
    };
  }

  static Stream<Operation> operationsThatNeedAPermission() {
    return operations().filter(operation -> permission(operation) != null);
  }

  @ParameterizedTest
  @MethodSource("operationsThatNeedAPermission")
  void a_policy_forbids_an_owner_what_the_token_does_not_permit(Operation operation) {
    var needed = permission(operation);
    var world = unchanged;
    var before = state(world);
    var others = POLICY.keySet().stream().filter(permission -> permission != needed).toList();
    var refused = send(operation, world, token("ann", others));
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
    if (!operation.method().equals("HEAD")) {
      assertThat(refused.body()).contains("\"InsufficientPermissions\"");
    }
    if (operation.needs() != Needs.TOKEN) {
      assertThat(send(operation, world, token("dan", others)).statusCode()).isIn(404, 422);
    }
    assertThat(state(world)).isEqualTo(before);
  }

  @Test
  void every_route_that_needs_a_token_is_tested_or_not_implemented() {
    var tested =
        operations()
            .map(operation -> operation.method() + " " + template(operation.path()))
            .collect(toCollection(TreeSet::new));
    var untested = new TreeSet<String>();
    for (var route : routes()) {
      var method = route.substring(0, route.indexOf(' '));
      var path = route.substring(method.length() + 1);
      if (tested.contains(method + " " + template(path)) || WITHOUT_TOKEN.contains(path)) {
        continue;
      }
      var any = new Operation(method, path.replaceAll("\\{[^}]*}", "x"), Needs.TOKEN);
      var anonymous = send(any, unchanged, null).statusCode();
      if (anonymous == 405) {
        // The path has another method.
        continue;
      }
      assertThat(anonymous).as(route).isEqualTo(401);
      if (send(any, unchanged, token("ann")).statusCode() != 501) {
        untested.add(route);
      }
    }
    assertThat(untested).isEmpty();
    assertThat(tested).hasSizeGreaterThan(60);
  }

  /** Returns a path in lower case without parameters and without the names of ids. */
  private static String template(String path) {
    return path.replaceAll("\\?.*", "")
        .replace("members/cid", "members/{}")
        .replaceAll("\\{[^}]*}", "{}")
        .replaceAll("/$", "")
        .toLowerCase(Locale.ROOT);
  }

  private ServedPlatform platform(Database database) {
    ServedPlatform.migrate(database.dataSource());
    return ServedPlatform.open(
        false,
        folder.resolve("unused"),
        Duration.ofHours(1),
        database.dataSource(),
        BaseUrl.parse("http://localhost"),
        Clock.systemUTC(),
        UUID::randomUUID);
  }

  /** Returns the method and the path of every route of connections and of the local platform. */
  private Set<String> routes() {
    var routes = new TreeSet<String>();
    var verifier = (TokenVerifier) token -> new Rejected(Reason.INVALID);
    try (var database = Database.inMemory();
        var service = StorageConnectionsService.on(database.dataSource());
        var platform = platform(database)) {
      var api =
          HttpApi.builder(service.useCases())
              .bearerTokens(verifier)
              .links(Links.at("http://localhost"))
              .build();
      var pipeline =
          new RequestPipeline(
              new BearerAuthentication(verifier), new RateLimit(0, TimeMeter.SYSTEM_NANOTIME));
      var unused =
          Javalin.create(config -> {
            config.events.handlerAdded(added -> {
              var method = added.getHttpMethod();
              if (method.isHttpMethod()) {
                routes.add(method.name() + " " + added.getPath());
              }
            });
            platform.routes().mount(new Routes(config.routes), pipeline);
            // Its own routes come with refusals of all other methods.
            api.mount(config.routes);
          });
    }
    return routes;
  }
}
