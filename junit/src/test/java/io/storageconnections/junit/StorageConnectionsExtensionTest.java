package io.storageconnections.junit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.storageconnections.bootstrap.SynchronizationServer;
import io.storageconnections.domain.connection.Limits;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * Tests which tests share a server, and how a test reaches it. The nested classes are the tests of
 * an author; only the tests of this class run them.
 */
final class StorageConnectionsExtensionTest {

  private static final String FILE = "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA";
  private static final String OTHER_FILE = "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cQ";
  private static final String PARALLEL = "junit.jupiter.execution.parallel.";
  private static final String OUTSIDE_A_TEST = "each test has a server of its own";

  /** The URLs of the servers that the tests of an author have seen, in no particular order. */
  private static final List<URI> SEEN = new CopyOnWriteArrayList<>();

  @AfterEach
  void clearSeen() {
    SEEN.clear();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        StaticField.class,
        FieldOfAClassWithOneInstance.class,
        NestedWithStaticField.class,
        ConcurrentTestsThatShareAServer.class,
        Parameterized.class,
        Annotated.class
      })
  void all_tests_of_a_class_share_a_server(Class<?> tests) {
    run(tests);
    assertThat(SEEN).hasSizeGreaterThan(1);
    assertThat(new HashSet<>(SEEN)).hasSize(1);
    assertThat(SEEN).allSatisfy(StorageConnectionsExtensionTest::isClosed);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        FreshStaticField.class,
        FreshFieldOfAClassWithOneInstance.class,
        FieldOfEachInstance.class,
        FreshRepetitions.class,
        FreshConcurrentTests.class,
        FreshAnnotated.class,
        FreshComposed.class,
        FreshNestedInAnnotated.class
      })
  void each_test_gets_a_server_without_data(Class<?> tests) {
    run(tests);
    assertThat(SEEN).hasSizeGreaterThan(1).doesNotHaveDuplicates();
    assertThat(SEEN).allSatisfy(StorageConnectionsExtensionTest::isClosed);
  }

  /** Also uses the other of the two thread pools of JUnit 6. JUnit 5.13 has only the one. */
  @ParameterizedTest
  @ValueSource(strings = {"FORK_JOIN_POOL", "WORKER_THREAD_POOL"})
  void a_subclass_gets_a_server_of_its_own(String threads) {
    EngineTestKit.engine("junit-jupiter")
        .configurationParameter(PARALLEL + "enabled", "true")
        .configurationParameter(PARALLEL + "mode.classes.default", "concurrent")
        .configurationParameter(PARALLEL + "config.strategy", "fixed")
        .configurationParameter(PARALLEL + "config.fixed.parallelism", "4")
        .configurationParameter(PARALLEL + "config.executor-service", threads)
        .selectors(selectClass(FirstSubclass.class), selectClass(SecondSubclass.class))
        .execute()
        .testEvents()
        .assertStatistics(statistics -> statistics.succeeded(4).failed(0));
    assertThat(SEEN).hasSize(4);
    assertThat(new HashSet<>(SEEN)).hasSize(2);
  }

  @Test
  void limits_and_clock_are_those_of_the_builder() {
    run(Configured.class);
  }

  @Test
  void the_data_are_in_the_data_source_of_the_test() throws SQLException {
    run(WithDataSource.class);
    try (var connection = WithDataSource.DATA_SOURCE.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from storage_connection")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(1);
    } finally {
      WithDataSource.DATA_SOURCE.dispose();
    }
  }

  @Test
  void a_class_may_have_two_servers() {
    run(TwoServers.class);
  }

  @Test
  void a_server_can_be_used_from_the_first_to_the_last_method_of_a_class() {
    run(UsedEverywhere.class);
    assertThat(SEEN).hasSizeGreaterThanOrEqualTo(7);
    assertThat(new HashSet<>(SEEN)).hasSize(1);
  }

  @Test
  void a_fresh_server_can_be_used_from_the_constructor_to_after_each() {
    run(FreshUsedEverywhere.class);
    assertThat(new HashSet<>(SEEN)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        FreshInBeforeAll.class,
        FreshInAfterAll.class,
        FreshParameterOfBeforeAll.class,
        FreshParameterOfTheOnlyInstance.class,
        FreshAnnotatedWithOneInstance.class
      })
  void a_fresh_server_is_refused_outside_a_test(Class<?> tests) {
    assertThat(failures(execute(tests)))
        .singleElement()
        .satisfies(failure ->
            assertThat(failure.getMessage())
                .contains(OUTSIDE_A_TEST)
                .contains("omit freshForEachTest"));
  }

  @Test
  void a_server_is_refused_if_no_test_is_running() {
    var extension = StorageConnectionsExtension.builder().build();
    assertThatIllegalStateException()
        .isThrownBy(extension::url)
        .withMessageContaining("@RegisterExtension");
    assertThatIllegalStateException().isThrownBy(() -> extension.token("me"));
    assertThatIllegalStateException().isThrownBy(extension::server);
  }

  @Test
  void a_server_is_refused_after_the_tests() {
    run(StaticField.class);
    assertThatIllegalStateException()
        .isThrownBy(StaticField.SERVER::url)
        .withMessageContaining("no test that uses this extension is running");
  }

  @Test
  void a_thread_of_a_test_gets_the_server_if_the_running_tests_use_one() {
    run(OtherThread.class);
  }

  @Test
  void a_thread_of_a_test_is_refused_if_the_running_tests_use_several() {
    run(OtherThreadOfConcurrentTests.class);
  }

  @Test
  void one_data_source_for_servers_without_data_is_refused() {
    var builder =
        StorageConnectionsExtension.builder()
            .freshForEachTest()
            .dataSource(JdbcConnectionPool.create("jdbc:h2:mem:unused", "", ""));
    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessageContaining("configure(");
  }

  @Test
  void the_builder_refuses_null() {
    var builder = StorageConnectionsExtension.builder();
    assertThatNullPointerException().isThrownBy(() -> builder.limits(missing()));
    assertThatNullPointerException().isThrownBy(() -> builder.clock(missing()));
    assertThatNullPointerException().isThrownBy(() -> builder.dataSource(missing()));
    assertThatNullPointerException().isThrownBy(() -> builder.configure(missing()));
  }

  @Test
  void a_server_that_does_not_start_fails_the_test_with_the_reason() {
    assertThat(failures(execute(WithoutDatabase.class)))
        .singleElement()
        .satisfies(failure -> assertThat(failure).hasStackTraceContaining("no-such-database"));
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T missing() {
    return null;
  }

  private static void run(Class<?> tests) {
    var results = execute(tests);
    assertThat(failures(results)).isEmpty();
    assertThat(results.testEvents().succeeded().count()).isPositive();
  }

  private static EngineExecutionResults execute(Class<?> tests) {
    var concurrent = tests.getSimpleName().contains("Concurrent");
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameter(PARALLEL + "enabled", "" + concurrent)
        .configurationParameter(PARALLEL + "mode.default", "concurrent")
        .configurationParameter(PARALLEL + "config.strategy", "fixed")
        .configurationParameter(PARALLEL + "config.fixed.parallelism", "4")
        .configurationParameter(PARALLEL + "config.executor-service", "FORK_JOIN_POOL")
        .selectors(selectClass(tests))
        .execute();
  }

  private static List<Throwable> failures(EngineExecutionResults results) {
    return results.allEvents().failed().stream()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .flatMap(result -> result.getThrowable().stream())
        .toList();
  }

  private static void isClosed(URI server) {
    assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> create(server, "any"));
  }

  /** Creates a connection, always of the same file. */
  private static HttpResponse<String> create(URI server, String token)
      throws IOException, InterruptedException {
    return create(server, token, FILE);
  }

  private static HttpResponse<String> create(URI server, String token, String file)
      throws IOException, InterruptedException {
    var body =
        """
        {"iModelId": "7dbd531d-6967-47b2-8945-a722a437ad7a", "sourceFiles": [
          {"storageFileId": "%s", "connectorType": "MSTN"}]}
        """
            .formatted(file);
    var request =
        HttpRequest.newBuilder(server.resolve("/synchronization/imodels/storageconnections"))
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString(body))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }

  /** Notes the server; fails unless it has no data. */
  private static void seeEmpty(URI server, String token) throws Exception {
    assertThat(create(server, token).statusCode()).isEqualTo(201);
    SEEN.add(server);
  }

  private static StorageConnectionsExtension shared() {
    return StorageConnectionsExtension.builder().build();
  }

  private static StorageConnectionsExtension fresh() {
    return StorageConnectionsExtension.builder().freshForEachTest().build();
  }

  @Tag("run-by-another")
  static final class StaticField {

    @RegisterExtension static final StorageConnectionsExtension SERVER = shared();

    @Test
    void first(URI url, TokenMint tokens, SynchronizationServer server) throws Exception {
      assertThat(url).isEqualTo(SERVER.url()).isEqualTo(server.url());
      assertThat(SERVER.server()).isSameAs(server);
      assertThat(create(url, tokens.token("me")).statusCode()).isIn(201, 409);
      assertThat(create(url, SERVER.token("me")).statusCode()).isEqualTo(409);
      SEEN.add(url);
    }

    @RepeatedTest(2)
    void second() {
      SEEN.add(SERVER.url());
    }

    @Nested
    final class Inner {

      @Test
      void third(URI url) {
        assertThat(url).isEqualTo(SERVER.url());
        SEEN.add(url);
      }
    }
  }

  @Tag("run-by-another")
  @TestInstance(PER_CLASS)
  static final class FieldOfAClassWithOneInstance {

    @RegisterExtension final StorageConnectionsExtension server = shared();

    @BeforeAll
    void before(URI url) {
      assertThat(url).isEqualTo(server.url());
      SEEN.add(url);
    }

    @Test
    void first(URI url) {
      SEEN.add(url);
    }

    @Test
    void second() {
      SEEN.add(server.url());
    }

    @Nested
    final class Inner {

      @Test
      void third(URI url) {
        assertThat(url).isEqualTo(server.url());
        SEEN.add(url);
      }
    }
  }

  @Tag("run-by-another")
  static final class NestedWithStaticField {

    @Nested
    final class Inner {

      @RegisterExtension static final StorageConnectionsExtension SERVER = shared();

      @Test
      void first(URI url) {
        SEEN.add(url);
      }

      @Test
      void second() {
        SEEN.add(SERVER.url());
      }
    }
  }

  @Tag("run-by-another")
  static final class ConcurrentTestsThatShareAServer {

    @RegisterExtension static final StorageConnectionsExtension SERVER = shared();
    private static final CyclicBarrier ALL_RUN = new CyclicBarrier(3);

    @RepeatedTest(3)
    void test(URI url) throws Exception {
      ALL_RUN.await(30, SECONDS);
      assertThat(url).isEqualTo(SERVER.url());
      SEEN.add(url);
    }
  }

  @Test
  void tests_that_share_a_seeded_server_can_return_to_the_seed() {
    run(Seeded.class);
  }

  @Tag("run-by-another")
  static final class Seeded {

    @RegisterExtension
    static final StorageConnectionsExtension SERVER =
        StorageConnectionsExtension.builder()
            .seed("{iTwins: [{displayName: Bridge, id: 9e4b1c62-5b2c-4c53-8f0d-0b6a4c1f7a11}]}")
            .build();

    @BeforeEach
    void reset() {
      SERVER.server().resetToSeed();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void deletes_the_itwin_of_the_seed(int repetition) throws Exception {
      var iTwin =
          HttpRequest.newBuilder(
                  URI.create(SERVER.url() + "/itwins/9e4b1c62-5b2c-4c53-8f0d-0b6a4c1f7a11"))
              .header("Authorization", "Bearer " + SERVER.token("me"))
              .DELETE()
              .build();
      try (var client = HttpClient.newHttpClient()) {
        var answer = client.send(iTwin, BodyHandlers.discarding());
        assertThat(answer.statusCode()).as("%s", repetition).isEqualTo(204);
      }
    }
  }

  @StorageConnections
  @Tag("run-by-another")
  static final class Annotated {

    @Test
    void first(URI url) {
      SEEN.add(url);
    }

    @Nested
    final class Inner {

      @Test
      void second(URI url) {
        SEEN.add(url);
      }
    }
  }

  @Tag("run-by-another")
  static final class FreshStaticField {

    @RegisterExtension static final StorageConnectionsExtension SERVER = fresh();

    @Test
    void first() throws Exception {
      assertThat(SERVER.url()).isEqualTo(SERVER.server().url());
      seeEmpty(SERVER.url(), SERVER.token("me"));
    }

    @Test
    void second(URI url, TokenMint tokens) throws Exception {
      assertThat(url).isEqualTo(SERVER.url());
      seeEmpty(url, tokens.token("me"));
    }

    @Nested
    final class Inner {

      private final URI url;

      Inner(URI url) {
        this.url = url;
      }

      @Test
      void third() throws Exception {
        assertThat(url).isEqualTo(SERVER.url());
        seeEmpty(url, SERVER.token("me"));
      }

      @Test
      void fourth() throws Exception {
        assertThat(url).isEqualTo(SERVER.url());
        seeEmpty(url, SERVER.token("me"));
      }
    }
  }

  @Tag("run-by-another")
  @TestInstance(PER_CLASS)
  static final class FreshFieldOfAClassWithOneInstance {

    @RegisterExtension final StorageConnectionsExtension server = fresh();

    @Test
    void first() throws Exception {
      seeEmpty(server.url(), server.token("me"));
    }

    @Test
    void second(URI url, TokenMint tokens) throws Exception {
      assertThat(url).isEqualTo(server.url());
      seeEmpty(url, tokens.token("me"));
    }
  }

  @Tag("run-by-another")
  static final class FieldOfEachInstance {

    @RegisterExtension final StorageConnectionsExtension server = shared();

    @Test
    void first() throws Exception {
      seeEmpty(server.url(), server.token("me"));
    }

    @Test
    void second(URI url, TokenMint tokens) throws Exception {
      assertThat(url).isEqualTo(server.url());
      seeEmpty(url, tokens.token("me"));
    }

    @Nested
    final class Inner {

      @Test
      void third(URI url) throws Exception {
        assertThat(url).isEqualTo(server.url());
        seeEmpty(url, server.token("me"));
      }
    }
  }

  @Tag("run-by-another")
  static final class FreshRepetitions {

    @RegisterExtension static final StorageConnectionsExtension SERVER = fresh();

    @RepeatedTest(2)
    void repeated(URI url) throws Exception {
      seeEmpty(url, SERVER.token("me"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"me", "you"})
    void parameterized(String client, URI url) throws Exception {
      seeEmpty(url, SERVER.token(client));
    }
  }

  @Tag("run-by-another")
  static final class FreshConcurrentTests {

    @RegisterExtension static final StorageConnectionsExtension SERVER = fresh();
    private static final CyclicBarrier ALL_RUN = new CyclicBarrier(3);

    private final URI atConstruction = SERVER.url();

    @RepeatedTest(3)
    void test(URI url) throws Exception {
      ALL_RUN.await(30, SECONDS);
      assertThat(url).isEqualTo(SERVER.url()).isEqualTo(atConstruction);
      seeEmpty(url, SERVER.token("me"));
      ALL_RUN.await(30, SECONDS);
    }
  }

  @StorageConnections(freshForEachTest = true)
  @Tag("run-by-another")
  static final class FreshAnnotated {

    private final URI url;

    FreshAnnotated(URI url) {
      this.url = url;
    }

    @Test
    void first(URI parameter, TokenMint tokens) throws Exception {
      assertThat(parameter).isEqualTo(url);
      seeEmpty(url, tokens.token("me"));
    }

    @Test
    void second(URI parameter, TokenMint tokens) throws Exception {
      assertThat(parameter).isEqualTo(url);
      seeEmpty(url, tokens.token("me"));
    }

    @Nested
    final class Inner {

      @Test
      void third(TokenMint tokens) throws Exception {
        seeEmpty(url, tokens.token("me"));
      }
    }
  }

  @Retention(RetentionPolicy.RUNTIME)
  @StorageConnections(freshForEachTest = true)
  @interface Composed {}

  @Composed
  @Tag("run-by-another")
  static final class FreshComposed {

    @RepeatedTest(2)
    void test(URI url, TokenMint tokens) throws Exception {
      seeEmpty(url, tokens.token("me"));
    }
  }

  @StorageConnections
  @Tag("run-by-another")
  static final class FreshNestedInAnnotated {

    @Test
    void outer(URI url, TokenMint tokens) throws Exception {
      seeEmpty(url, tokens.token("me"));
    }

    @Nested
    @StorageConnections(freshForEachTest = true)
    final class Inner {

      @RepeatedTest(2)
      void inner(URI url, TokenMint tokens) throws Exception {
        seeEmpty(url, tokens.token("me"));
      }
    }

    @Nested
    @StorageConnections
    final class OtherInner {

      @Test
      void otherInner(URI url, TokenMint tokens) throws Exception {
        seeEmpty(url, tokens.token("me"));
      }
    }
  }

  abstract static class Superclass {

    @RegisterExtension static final StorageConnectionsExtension SERVER = shared();
    private static final CyclicBarrier BOTH_RUN = new CyclicBarrier(2);

    private final URI atConstruction = SERVER.url();

    @RepeatedTest(2)
    void test(URI url) throws Exception {
      BOTH_RUN.await(30, SECONDS);
      assertThat(url).isEqualTo(SERVER.url()).isEqualTo(atConstruction);
      SEEN.add(url);
      BOTH_RUN.await(30, SECONDS);
    }
  }

  @Tag("run-by-another")
  static final class FirstSubclass extends Superclass {}

  @Tag("run-by-another")
  static final class SecondSubclass extends Superclass {}

  @ParameterizedClass
  @Tag("run-by-another")
  @ValueSource(strings = {"first", "second"})
  static final class Parameterized {

    @RegisterExtension static final StorageConnectionsExtension SERVER = shared();

    Parameterized(String name) {
      assertThat(name).isNotBlank();
    }

    @RepeatedTest(2)
    void test(URI url) {
      assertThat(url).isEqualTo(SERVER.url());
      SEEN.add(url);
    }
  }

  @Tag("run-by-another")
  static final class Configured {

    @RegisterExtension
    static final StorageConnectionsExtension SERVER =
        StorageConnectionsExtension.builder()
            .limits(new Limits(1, 0))
            .clock(Clock.fixed(Instant.parse("2020-02-29T12:00:00Z"), ZoneOffset.UTC))
            .configure(server -> server.audience("tests"))
            .configure(server -> server.requestsPerMinute(2))
            .build();

    @Test
    void test() throws Exception {
      var token = SERVER.token("me");
      assertThat(new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), UTF_8))
          .contains("\"exp\":" + Instant.parse("2020-02-29T13:00:00Z").getEpochSecond())
          .contains("tests");
      assertThat(create(SERVER.url(), token, FILE).statusCode()).isEqualTo(201);
      assertThat(create(SERVER.url(), token, OTHER_FILE).body()).contains("at most 1 connections");
      assertThat(create(SERVER.url(), token, OTHER_FILE).statusCode()).isEqualTo(429);
    }
  }

  @Tag("run-by-another")
  static final class WithDataSource {

    static final JdbcConnectionPool DATA_SOURCE =
        JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "", "");

    @RegisterExtension
    static final StorageConnectionsExtension SERVER =
        StorageConnectionsExtension.builder().dataSource(DATA_SOURCE).build();

    @Test
    void test(URI url) throws Exception {
      assertThat(create(url, SERVER.token("me")).statusCode()).isEqualTo(201);
    }
  }

  @Tag("run-by-another")
  static final class WithoutDatabase {

    @RegisterExtension
    static final StorageConnectionsExtension SERVER =
        StorageConnectionsExtension.builder()
            .configure(server ->
                server.database("jdbc:h2:mem:no-such-database;IFEXISTS=TRUE", null, null, 2))
            .build();

    @Test
    void test(URI url) {
      SEEN.add(url);
    }
  }

  @Tag("run-by-another")
  static final class TwoServers {

    @RegisterExtension static final StorageConnectionsExtension FIRST = shared();
    @RegisterExtension static final StorageConnectionsExtension SECOND = fresh();

    @RepeatedTest(2)
    void test() throws Exception {
      assertThat(FIRST.url()).isNotEqualTo(SECOND.url());
      assertThat(create(SECOND.url(), SECOND.token("me")).statusCode()).isEqualTo(201);
      assertThat(create(SECOND.url(), FIRST.token("me")).statusCode()).isEqualTo(401);
    }
  }

  @Tag("run-by-another")
  static final class UsedEverywhere {

    @RegisterExtension static final StorageConnectionsExtension SERVER = shared();

    private final URI field = SERVER.url();

    UsedEverywhere(URI url) {
      SEEN.addAll(List.of(url, field, SERVER.url()));
    }

    @BeforeAll
    static void beforeAll(URI url) {
      SEEN.addAll(List.of(url, SERVER.url()));
    }

    @BeforeEach
    void beforeEach() {
      SEEN.add(SERVER.url());
    }

    @Test
    void test() {
      SEEN.add(SERVER.url());
    }

    @AfterEach
    void afterEach() {
      SEEN.add(SERVER.url());
    }

    @AfterAll
    static void afterAll() {
      SEEN.add(SERVER.url());
    }
  }

  @Tag("run-by-another")
  static final class FreshUsedEverywhere {

    @RegisterExtension static final StorageConnectionsExtension SERVER = fresh();

    private final List<URI> ofThisTest = new ArrayList<>(List.of(SERVER.url()));

    FreshUsedEverywhere(URI url) {
      ofThisTest.addAll(List.of(url, SERVER.url()));
    }

    @BeforeEach
    void beforeEach() {
      ofThisTest.add(SERVER.url());
    }

    @RepeatedTest(2)
    void test() {
      ofThisTest.add(SERVER.url());
    }

    @AfterEach
    void afterEach(URI url) {
      ofThisTest.add(SERVER.url());
      assertThat(ofThisTest).hasSize(6).allMatch(url::equals);
      SEEN.add(url);
    }
  }

  @Tag("run-by-another")
  static final class FreshInBeforeAll {

    @RegisterExtension static final StorageConnectionsExtension SERVER = fresh();

    @BeforeAll
    static void beforeAll() {
      SEEN.add(SERVER.url());
    }

    @Test
    void test() {}
  }

  @Tag("run-by-another")
  static final class FreshInAfterAll {

    @RegisterExtension static final StorageConnectionsExtension SERVER = fresh();

    @Test
    void test() {
      SEEN.add(SERVER.url());
    }

    @AfterAll
    static void afterAll() {
      SEEN.add(SERVER.url());
    }
  }

  @StorageConnections(freshForEachTest = true)
  @Tag("run-by-another")
  static final class FreshParameterOfBeforeAll {

    @BeforeAll
    static void beforeAll(URI url) {
      SEEN.add(url);
    }

    @Test
    void test() {}
  }

  @Tag("run-by-another")
  @TestInstance(PER_CLASS)
  static final class FreshParameterOfTheOnlyInstance {

    @RegisterExtension static final StorageConnectionsExtension SERVER = fresh();

    FreshParameterOfTheOnlyInstance(TokenMint tokens) {
      assertThat(tokens).isNotNull();
    }

    @Test
    void test() {}
  }

  @StorageConnections(freshForEachTest = true)
  @Tag("run-by-another")
  @TestInstance(PER_CLASS)
  static final class FreshAnnotatedWithOneInstance {

    FreshAnnotatedWithOneInstance(SynchronizationServer server) {
      assertThat(server).isNotNull();
    }

    @Test
    void test() {}
  }

  @Tag("run-by-another")
  static final class OtherThread {

    @RegisterExtension static final StorageConnectionsExtension SERVER = fresh();

    @RepeatedTest(2)
    void test(URI url) {
      assertThat(CompletableFuture.supplyAsync(SERVER::url).join()).isEqualTo(url);
    }
  }

  @Tag("run-by-another")
  static final class OtherThreadOfConcurrentTests {

    @RegisterExtension static final StorageConnectionsExtension SERVER = fresh();
    private static final CyclicBarrier BOTH_RUN = new CyclicBarrier(2);

    @RepeatedTest(2)
    void test() throws Exception {
      BOTH_RUN.await(30, SECONDS);
      var answer = new CompletableFuture<URI>();
      Thread.ofPlatform()
          .start(() -> {
            try {
              answer.complete(SERVER.url());
            } catch (RuntimeException failure) {
              answer.completeExceptionally(failure);
            }
          });
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(answer::join)
          .havingCause()
          .isInstanceOf(IllegalStateException.class)
          .withMessageContaining("in the thread of the test");
      BOTH_RUN.await(30, SECONDS);
    }
  }
}
