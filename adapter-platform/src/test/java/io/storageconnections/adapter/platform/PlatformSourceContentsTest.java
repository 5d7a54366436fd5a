package io.storageconnections.adapter.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.storageconnections.adapter.platform.fixture.RawServer;
import io.storageconnections.adapter.platform.fixture.TestPlatform;
import io.storageconnections.adapter.platform.fixture.TestPlatform.Request;
import io.storageconnections.adapter.platform.fixture.TestStorage;
import io.storageconnections.application.contract.SourceContentsContract;
import io.storageconnections.application.port.DirectoryException;
import io.storageconnections.application.port.DirectoryException.Reason;
import io.storageconnections.application.port.SourceContents;
import io.storageconnections.application.port.SourceContents.Missing;
import io.storageconnections.application.port.SourceContents.Opened;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class PlatformSourceContentsTest implements SourceContentsContract {

  private static final IModelId IMODEL = new IModelId(UUID.randomUUID());
  private static final String CLIENT = "service one";
  private static final String SECRET = "secret-of:the client+";
  private static final Duration SOON = Duration.ofMillis(300);

  private final TestStorage storage = new TestStorage();
  private final AtomicLong nanos = new AtomicLong();
  private final PlatformSourceContents contents = builder().build();
  private final StorageFileId file = fileWithoutContent();

  private PlatformSourceContentsBuilder builder() {
    return PlatformSourceContents.builder(
            storage.platform.url(), storage.issuer.url(), CLIENT, SECRET)
        .timeout(Duration.ofSeconds(60))
        .silenceLimit(Duration.ofSeconds(60))
        .ticker(nanos::get);
  }

  @AfterEach
  void close() {
    contents.close();
    storage.close();
  }

  @Override
  public SourceContents sourceContents() {
    return contents;
  }

  @Override
  public IModelId iModelOfContents() {
    return IMODEL;
  }

  @Override
  public StorageFileId storedFile(String name, byte[] content) {
    var stored = fileWithoutContent();
    storage.store(stored, name, content);
    return stored;
  }

  @Override
  public StorageFileId fileWithoutContent() {
    return new StorageFileId(new ITwinId(UUID.randomUUID()), UUID.randomUUID());
  }

  // ---- the token ----------------------------------------------------------------------------

  @Test
  void the_issuer_gets_the_encoded_credentials_and_the_scope() {
    storage.store(file, "plant.dgn", new byte[1]);
    open();
    assertThat(storage.tokenRequests())
        .containsExactly("grant_type=client_credentials&scope=itwin-platform");
    var credentials = "service+one:secret-of%3Athe+client%2B";
    assertThat(storage.issuer.requests())
        .containsExactly(
            new Request("GET", TestStorage.DISCOVERY, "application/json", null),
            new Request(
                "POST",
                "/connect/token",
                "application/json",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(credentials.getBytes(StandardCharsets.US_ASCII))));
  }

  @Test
  void a_token_is_used_until_shortly_before_it_expires() {
    storage.store(file, "plant.dgn", new byte[1]);
    open();
    nanos.addAndGet(Duration.ofMinutes(58).toNanos());
    open();
    assertThat(storage.tokenRequests()).hasSize(1);
    nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    open();
    assertThat(storage.tokenRequests()).hasSize(2);
    assertThat(storage.tokensAtThePlatform()).last().isEqualTo("Bearer secret-token-2");
  }

  @Test
  void callers_who_need_a_token_at_the_same_time_share_one_request()
      throws InterruptedException, ExecutionException, TimeoutException {
    storage.store(file, "plant.dgn", new byte[1]);
    var gate = new CountDownLatch(1);
    storage.issuer.serve(
        "/connect/token",
        exchange -> {
          await(gate);
          storage.giveToken(exchange, 3600);
        });
    var opened = new ArrayList<CompletableFuture<Void>>();
    for (var i = 0; i < 4; i++) {
      opened.add(CompletableFuture.runAsync(this::open, task -> Thread.ofVirtual().start(task)));
    }
    gate.countDown();
    for (var one : opened) {
      one.get(60, TimeUnit.SECONDS);
    }
    assertThat(storage.tokenRequests()).hasSize(1);
  }

  @Test
  void a_token_that_the_platform_refuses_is_renewed_once() {
    storage.store(file, "plant.dgn", new byte[1]);
    open();
    storage.platform.serve(
        "/storage/files/" + file,
        exchange -> TestPlatform.answer(exchange, 401, ""),
        exchange ->
            TestPlatform.answer(exchange, 200, TestPlatform.fileBody(file.toString(), "new.dgn")));
    assertThat(opened(file).name()).isEqualTo(FileName.of("new.dgn"));
    assertThat(storage.tokenRequests()).hasSize(2);
    assertThat(storage.tokensAtThePlatform()).last().isEqualTo("Bearer secret-token-2");
  }

  @Test
  void a_platform_that_refuses_a_new_token_as_well_names_the_settings_to_check() {
    storage.platform.serve("/storage/files/" + file, 401, "");
    assertFailure(
        Reason.TOKEN_REFUSED,
        "The iTwin Platform at "
            + storage.platform.url()
            + " refused this server's token. Check that the platform accepts",
        "STORAGE_CONNECTIONS_PLATFORM_CLIENT_ID");
    assertThat(storage.platform.requests()).hasSize(2);
    assertThat(storage.tokenRequests()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403})
  void an_issuer_that_refuses_the_credentials_names_the_settings_to_check(int status) {
    storage.issuer.serve("/connect/token", status, "{\"error\": \"invalid_client\"}");
    assertFailure(
        Reason.TOKEN_REFUSED,
        "The issuer at "
            + storage.issuer.url()
            + " refused the client credentials of this server (invalid_client). Check"
            + " STORAGE_CONNECTIONS_PLATFORM_CLIENT_ID",
        "scope itwin-platform");
    assertThat(storage.platform.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "429;; BUSY; answered 429: this server has sent it too many requests",
        "500;; UNAVAILABLE; answered 500",
        "404;; UNAVAILABLE; answered 404",
        "200; {}; UNAVAILABLE; without a bearer token",
        "200; {\"access_token\": \"a b\", \"token_type\": \"Bearer\"}; UNAVAILABLE; a bearer token",
        "200; {\"access_token\": \"a\", \"token_type\": \"mac\"}; UNAVAILABLE; a bearer token",
        "200; <html>; UNAVAILABLE; not JSON",
        "200; []; UNAVAILABLE; not a JSON object",
      })
  void an_issuer_that_gives_no_token_is_named(
      int status, @Nullable String body, Reason reason, String message) {
    storage.issuer.serve("/connect/token", status, body == null ? "" : body);
    assertFailure(reason, "The issuer at " + storage.issuer.url(), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://192.0.2.1/token",
        "ftp://127.0.0.1/token",
        "https://me:secret-x@ims.example.org/token",
        "::"
      })
  void the_secret_is_not_sent_to_an_address_that_is_not_safe(String endpoint) {
    storage.describe(storage.issuer.url().toString(), endpoint);
    assertFailure(Reason.UNAVAILABLE, "without a token_endpoint that begins with https://");
  }

  @Test
  void a_description_of_another_issuer_is_refused() {
    storage.describe("https://other.example.org", storage.issuer.url() + "/connect/token");
    assertFailure(Reason.UNAVAILABLE, "a description of another issuer");
    assertThat(storage.tokenRequests()).isEmpty();
  }

  // ---- the file -----------------------------------------------------------------------------

  @Test
  void the_platform_gets_the_token_and_the_place_of_the_content_does_not() {
    storage.store(file, "plant.dgn", new byte[1]);
    open();
    assertThat(storage.tokensAtThePlatform())
        .containsExactly("Bearer secret-token-1", "Bearer secret-token-1");
    assertThat(storage.contents.requests())
        .extracting(Request::authorization)
        .containsOnlyNulls()
        .hasSize(1);
  }

  @Test
  void a_large_content_arrives_completely() throws IOException {
    var part = new byte[1 << 20];
    part[part.length - 1] = 7;
    storage.storeAs(
        file,
        exchange -> {
          exchange.sendResponseHeaders(200, 64L << 20);
          for (var i = 0; i < 64; i++) {
            exchange.getResponseBody().write(part);
          }
        });
    try (var opened = opened(file)) {
      assertThat(opened.size()).isEqualTo(64L << 20);
      for (var i = 0; i < 64; i++) {
        assertThat(opened.stream().readNBytes(1 << 20)).isEqualTo(part);
      }
      assertThat(opened.stream().read()).isEqualTo(-1);
    }
  }

  @Test
  void a_content_without_an_announced_size_has_that_of_the_file() throws IOException {
    storage.storeAs(file, exchange -> chunked(exchange, "content"));
    try (var opened = opened(file)) {
      assertThat(opened.size()).as("as in the body of the test platform").isEqualTo(7);
      assertThat(opened.stream().readAllBytes()).asString().isEqualTo("content");
    }
    storage.storeAs(file, exchange -> chunked(exchange, "short"));
    try (var opened = opened(file)) {
      assertThatIOException()
          .isThrownBy(() -> opened.stream().readAllBytes())
          .withMessage("the content ended after 5 of 7 bytes");
    }
  }

  @Test
  void a_file_without_a_size_at_all_is_a_failure() {
    storage.storeAs(file, exchange -> chunked(exchange, "content"));
    storage.platform.serve(
        "/storage/files/" + file, 200, "{\"file\": {\"id\": \"%s\"}}".formatted(file));
    assertFailure(Reason.UNAVAILABLE, "did not tell the size");
  }

  @Test
  void a_file_that_disappears_before_the_download_is_missing() {
    storage.platform.show(file, "plant.dgn");
    assertThat(contents.open(IMODEL, file)).isEqualTo(new Missing());
  }

  @Test
  void a_folder_is_no_file() {
    storage.platform.serve(
        "/storage/files/" + file,
        200,
        "{\"file\": {\"id\": \"%s\", \"type\": \"folder\"}}".formatted(file));
    assertThat(contents.open(IMODEL, file)).isEqualTo(new Missing());
  }

  @Test
  void a_404_of_something_else_than_the_platform_is_a_failure() {
    storage.platform.serve("/storage/files/" + file, 404, "<html>");
    assertFailure(Reason.UNAVAILABLE, "another error than FileNotFound");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/download"})
  void a_file_that_the_server_may_not_read_names_the_client(String path) {
    storage.store(file, "plant.dgn", new byte[1]);
    storage.platform.serve("/storage/files/" + file + path, 403, "");
    assertFailure(
        Reason.TOKEN_REFUSED,
        "does not let this server read the file " + file,
        "STORAGE_CONNECTIONS_PLATFORM_CLIENT_ID the right to read Storage in the iTwin "
            + file.iTwin());
    assertThat(storage.tokenRequests()).as("the token is not renewed").hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"429, BUSY", "500, UNAVAILABLE", "503, UNAVAILABLE", "204, UNAVAILABLE"})
  void a_platform_that_does_not_answer_the_question_is_named(int status, Reason reason) {
    for (var path : new String[] {"", "/download"}) {
      storage.store(file, "plant.dgn", new byte[1]);
      storage.platform.serve("/storage/files/" + file + path, status, "");
      assertFailure(
          reason, "The iTwin Platform at " + storage.platform.url() + " answered " + status);
    }
  }

  @Test
  void a_platform_that_is_away_is_named() throws IOException {
    URI away;
    try (var unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      away = URI.create("http://127.0.0.1:" + unused.getLocalPort());
    }
    try (var other =
        PlatformSourceContents.builder(away, storage.issuer.url(), CLIENT, SECRET).build()) {
      assertFailure(
          other, Reason.UNAVAILABLE, "The iTwin Platform at " + away + " gave no complete answer");
    }
    try (var other =
        PlatformSourceContents.builder(storage.platform.url(), away, CLIENT, SECRET).build()) {
      assertFailure(
          other, Reason.UNAVAILABLE, "The issuer at " + away + " gave no complete answer");
    }
  }

  // ---- the content --------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://192.0.2.1/blob?sig=secret-x",
        "ftp://127.0.0.1/blob?sig=secret-x",
        "https://me:secret-x@blobs.example.org/blob",
        "https:///blob?sig=secret-x",
        "file:///etc/passwd?sig=secret-x",
        "http://a b?sig=secret-x"
      })
  void a_content_is_not_read_from_an_address_that_is_not_safe(String location) {
    storage.store(file, "plant.dgn", new byte[1]);
    storage.redirect(file, location);
    assertFailure(Reason.UNAVAILABLE, "a location that does not begin with https://");
    storage.storeAs(file, exchange -> TestStorage.redirect(exchange, location));
    assertFailure(
        Reason.UNAVAILABLE, "redirects this server to a URL that does not begin with https://");
  }

  @Test
  void a_redirect_without_a_location_is_a_failure() {
    storage.store(file, "plant.dgn", new byte[1]);
    storage.platform.serve("/storage/files/" + file + "/download", 302, "");
    assertFailure(Reason.UNAVAILABLE, "a location that does not begin with https://");
  }

  @Test
  void a_redirect_of_the_content_is_followed_without_a_token() throws IOException {
    storage.storeAs(file, exchange -> TestStorage.redirect(exchange, "/elsewhere?sig=secret-x"));
    storage.contents.serve("/elsewhere", 200, "content");
    try (var opened = opened(file)) {
      assertThat(opened.stream().readAllBytes()).asString().isEqualTo("content");
    }
    assertThat(storage.contents.requests())
        .extracting(Request::authorization)
        .containsOnlyNulls()
        .hasSize(2);
  }

  @Test
  void a_content_that_redirects_without_end_is_a_failure() {
    storage.storeAs(
        file, exchange -> TestStorage.redirect(exchange, storage.contentUrl(file).toString()));
    assertFailure(Reason.UNAVAILABLE, "The Storage of the iTwin Platform", "answered 302");
    assertThat(storage.contents.requests()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({"403, UNAVAILABLE", "404, UNAVAILABLE", "429, BUSY", "503, UNAVAILABLE"})
  void a_content_that_cannot_be_had_now_is_a_failure_that_may_pass(int status, Reason reason) {
    storage.storeAs(file, exchange -> TestPlatform.answer(exchange, status, "secret-error"));
    assertFailure(
        reason,
        "The Storage of the iTwin Platform at " + storage.platform.url() + " answered " + status);
  }

  @Test
  void a_content_that_is_cut_is_an_error_of_the_stream() throws IOException {
    try (var cut = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789")) {
      storage.store(file, "plant.dgn", new byte[1]);
      storage.redirect(file, cut.url() + "/blob?sig=secret-x");
      try (var opened = opened(file)) {
        assertThat(opened.size()).isEqualTo(100);
        assertThat(opened.stream().readNBytes(10)).hasSize(10);
        assertThatIOException()
            .isThrownBy(() -> opened.stream().readNBytes(1))
            .withMessageStartingWith("the content broke off after 10 of 100 bytes: ")
            .satisfies(PlatformSourceContentsTest::hasNoSecret);
      }
    }
  }

  @Test
  void a_content_that_pauses_too_long_is_an_error_of_the_stream() throws IOException {
    storage.storeAs(file, exchange -> beginAndHang(exchange, 100));
    try (var impatient = builder().silenceLimit(SOON).build();
        var opened = (Opened) impatient.open(IMODEL, file)) {
      assertThat(opened.stream().read()).isEqualTo('a');
      assertThatIOException()
          .isThrownBy(() -> opened.stream().read())
          .withMessage(
              "the content broke off after 1 of 100 bytes: no byte arrived for 0.3 seconds");
    }
  }

  @Test
  void a_content_that_does_not_begin_in_time_is_a_failure() {
    storage.storeAs(file, exchange -> storage.contents.hang());
    try (var impatient = builder().timeout(Duration.ofSeconds(2)).build()) {
      assertFailure(
          impatient,
          Reason.UNAVAILABLE,
          "The Storage of the iTwin Platform at "
              + storage.platform.url()
              + " did not answer in time");
    }
  }

  @Test
  void an_interrupted_reader_stops_reading() throws IOException {
    storage.storeAs(file, exchange -> beginAndHang(exchange, 100));
    try (var opened = opened(file)) {
      assertThat(opened.stream().read()).isEqualTo('a');
      Thread.currentThread().interrupt();
      assertThatIOException()
          .isThrownBy(() -> opened.stream().read())
          .withMessageContaining("interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void closing_fails_the_contents_that_are_in_progress() throws IOException {
    storage.storeAs(file, exchange -> beginAndHang(exchange, 100));
    try (var opened = opened(file)) {
      assertThat(opened.stream().read()).isEqualTo('a');
      contents.close();
      assertThatIOException().isThrownBy(() -> opened.stream().read());
    }
  }

  // ---- the builder --------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://ims.example.org",
        "https://me:secret-x@ims.example.org",
        "https://ims.example.org?secret-x",
        "ims.example.org"
      })
  void an_issuer_that_is_not_safe_is_refused_without_repeating_it(String issuer) {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            PlatformSourceContents.builder(
                storage.platform.url(), URI.create(issuer), CLIENT, SECRET))
        .withMessageStartingWith("an issuer's URL must")
        .satisfies(PlatformSourceContentsTest::hasNoSecret);
  }

  // ---- helpers ------------------------------------------------------------------------------

  private void open() {
    try {
      opened(file).close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Opened opened(StorageFileId asked) {
    return (Opened) contents.open(IMODEL, asked);
  }

  private void assertFailure(Reason reason, String... messages) {
    assertFailure(contents, reason, messages);
  }

  private void assertFailure(SourceContents asked, Reason reason, String... messages) {
    assertThatThrownBy(() -> asked.open(IMODEL, file))
        .isInstanceOfSatisfying(
            DirectoryException.class, failure -> assertThat(failure.reason()).isEqualTo(reason))
        .hasMessageContainingAll(messages)
        .satisfies(PlatformSourceContentsTest::hasNoSecret);
  }

  /** All tokens, secrets and signatures of these tests contain a certain word. */
  private static void hasNoSecret(Throwable failure) {
    var trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("secret-");
  }

  private static void chunked(HttpExchange exchange, String content) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(content.getBytes(StandardCharsets.US_ASCII));
  }

  private void beginAndHang(HttpExchange exchange, int size) throws IOException {
    exchange.sendResponseHeaders(200, size);
    exchange.getResponseBody().write('a');
    exchange.getResponseBody().flush();
    storage.contents.hang();
  }

  private static void await(CountDownLatch gate) throws IOException {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
