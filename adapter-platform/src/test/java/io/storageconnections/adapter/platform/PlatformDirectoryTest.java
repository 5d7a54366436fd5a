package io.storageconnections.adapter.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.storageconnections.adapter.platform.fixture.TestPlatform;
import io.storageconnections.adapter.platform.fixture.TestPlatform.Request;
import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.DirectoryException;
import io.storageconnections.application.port.DirectoryException.Reason;
import io.storageconnections.application.port.StorageFiles.UsableFile;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class PlatformDirectoryTest {

  private static final IModelId IMODEL = new IModelId(UUID.randomUUID());
  private static final ITwinId ITWIN = new ITwinId(UUID.randomUUID());
  private static final Caller CALLER = Caller.ofUser("client", "user").withBearerToken("token");

  private final TestPlatform platform = new TestPlatform();
  private final AtomicLong nanos = new AtomicLong();
  private final PlatformDirectory directory = builder().build();

  @AfterEach
  void close() {
    directory.close();
    platform.close();
  }

  private PlatformDirectoryBuilder builder() {
    return PlatformDirectory.builder(platform.url())
        .timeout(Duration.ofMinutes(2))
        .ticker(nanos::get);
  }

  @Nested
  final class IModels {

    @Test
    void a_visible_imodel_may_be_changed_and_has_the_itwin_that_the_platform_names() {
      platform.show(IMODEL, ITWIN);
      assertThat(directory.access(CALLER, IMODEL)).isEqualTo(Access.CHANGE);
      assertThat(directory.iTwinOf(CALLER, IMODEL, someFile())).contains(ITWIN);
      assertThat(platform.requests())
          .containsExactly(
              new Request(
                  "GET",
                  "/imodels/" + IMODEL,
                  "application/vnd.bentley.itwin-platform.v2+json",
                  "Bearer token"));
    }

    @Test
    void the_letter_case_of_ids_does_not_matter() {
      platform.serve(
          "/imodels/" + IMODEL,
          200,
          TestPlatform.iModelBody(
              IMODEL.toString().toUpperCase(Locale.ROOT),
              ITWIN.toString().toUpperCase(Locale.ROOT)));
      assertThat(directory.iTwinOf(CALLER, IMODEL, someFile())).contains(ITWIN);
    }

    @Test
    void an_imodel_that_the_platform_does_not_know_does_not_exist() {
      assertThat(directory.access(CALLER, IMODEL)).isEqualTo(Access.NONE);
      assertThat(directory.iTwinOf(CALLER, IMODEL, someFile())).isEmpty();
      assertThat(directory.usable(CALLER, IMODEL, List.of(someFile()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\": {\"code\": \"InsufficientPermissions\"}}", "<html>", ""})
    void an_imodel_that_the_platform_forbids_is_denied(String body) {
      platform.serve("/imodels/" + IMODEL, 403, body);
      assertThat(directory.access(CALLER, IMODEL)).isEqualTo(Access.DENIED);
      assertThat(directory.iTwinOf(CALLER, IMODEL, someFile())).isEmpty();
      assertThat(directory.usable(CALLER, IMODEL, List.of(someFile()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "<html>404 Not Found</html>",
          "{}",
          "[]",
          "{\"error\": \"iModelNotFound\"}",
          "{\"error\": {\"message\": \"iModelNotFound\"}}",
          "{\"error\": {\"code\": 404}}",
          "{\"error\": {\"code\": \"NotFound\", \"message\": \"no such route\"}}"
        })
    void a_404_that_names_no_imodel_does_not_mean_that_the_imodel_does_not_exist(String body) {
      platform.serve("/imodels/" + IMODEL, 404, body);
      assertUnavailable(
          () -> directory.access(CALLER, IMODEL), "404 with another error than iModelNotFound");
    }

    static Stream<String> nonsense() {
      var iModel = IMODEL.toString();
      var iTwin = ITWIN.toString();
      return Stream.of(
          "",
          "<html>",
          "null",
          "{}",
          "{\"iModel\": null}",
          "{\"iModel\": []}",
          "{\"iModel\": {\"id\": \"" + iModel + "\"}}",
          "{\"iModel\": {\"iTwinId\": \"" + iTwin + "\"}}",
          "{\"iModel\": {\"id\": \"" + iModel + "\", \"iTwinId\": null}}",
          "{\"iModel\": {\"id\": \"" + iModel + "\", \"iTwinId\": 7}}",
          TestPlatform.iModelBody(UUID.randomUUID().toString(), iTwin),
          TestPlatform.iModelBody(iModel, "my iTwin"),
          TestPlatform.iModelBody(iModel, iTwin) + "{}",
          TestPlatform.iModelBody(iModel, iTwin).stripTrailing().replaceFirst("}$", ""),
          "[".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void an_answer_that_makes_no_sense_is_no_answer(String body) {
      platform.serve("/imodels/" + IMODEL, 200, body);
      assertUnavailable(() -> directory.access(CALLER, IMODEL), "answered 200 with");
      assertUnavailable(() -> directory.iTwinOf(CALLER, IMODEL, someFile()), "answered 200 with");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 302, 307, 400, 410, 422, 500})
    void another_status_is_no_answer(int status) {
      platform.serve("/imodels/" + IMODEL, status, "");
      assertUnavailable(() -> directory.access(CALLER, IMODEL), "answered " + status);
    }

    @Test
    void a_caller_without_a_token_is_refused_without_a_request() {
      platform.show(IMODEL, ITWIN);
      assertFailure(
          () -> directory.access(Caller.ofClient("client"), IMODEL),
          Reason.TOKEN_REFUSED,
          "there is none");
      assertThat(platform.requests()).isEmpty();
    }
  }

  @Nested
  final class Files {

    private final StorageFileId file = fileOf(ITWIN);

    Files() {
      platform.show(IMODEL, ITWIN);
    }

    @Test
    void a_file_that_the_platform_shows_is_usable_and_has_its_name() {
      platform.show(file, "plant.dgn");
      assertThat(directory.usable(CALLER, IMODEL, List.of(file)))
          .containsExactly(Map.entry(file, new UsableFile(FileName.of("plant.dgn"))));
      assertThat(platform.requests().getLast())
          .isEqualTo(
              new Request(
                  "GET",
                  "/storage/files/" + file,
                  "application/vnd.bentley.itwin-platform.v1+json",
                  "Bearer token"));
    }

    @Test
    void a_file_without_a_name_is_usable() {
      platform.show(file, " ");
      assertThat(directory.usable(CALLER, IMODEL, List.of(file)))
          .containsExactly(Map.entry(file, UsableFile.UNNAMED));
      var other = fileOf(ITWIN);
      platform.serve("/storage/files/" + other, 200, "{\"file\": {\"id\": \"" + other + "\"}}");
      assertThat(directory.usable(CALLER, IMODEL, List.of(other)))
          .containsExactly(Map.entry(other, UsableFile.UNNAMED));
    }

    @Test
    void a_file_that_the_platform_does_not_know_or_forbids_is_left_out() {
      var forbidden = fileOf(ITWIN);
      var folder = fileOf(ITWIN);
      platform.show(file, "plant.dgn");
      platform.serve("/storage/files/" + forbidden, 403, "");
      platform.serve(
          "/storage/files/" + folder,
          200,
          TestPlatform.fileBody(folder.toString(), "a").replace("\"file\",", "\"folder\","));
      assertThat(directory.usable(CALLER, IMODEL, List.of(fileOf(ITWIN), forbidden, folder, file)))
          .containsOnlyKeys(file);
    }

    @Test
    void a_file_of_another_itwin_is_left_out_without_a_request() {
      var other = someFile();
      platform.show(other, "plant.dgn");
      assertThat(directory.usable(CALLER, IMODEL, List.of(other))).isEmpty();
      assertThat(platform.requests()).hasSize(1);
    }

    @Test
    void without_the_check_each_file_of_the_itwin_is_usable_without_a_name() {
      try (var trusting = builder().fileCheck(false).build()) {
        assertThat(trusting.usable(CALLER, IMODEL, List.of(file, someFile())))
            .containsExactly(Map.entry(file, UsableFile.UNNAMED));
        assertThat(platform.requests()).hasSize(1);
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{}", "{\"error\": {\"code\": \"NotFound\"}}"})
    void a_404_that_names_no_file_does_not_mean_that_the_file_does_not_exist(String body) {
      platform.serve("/storage/files/" + file, 404, body);
      assertUnavailable(
          () -> directory.usable(CALLER, IMODEL, List.of(file)),
          "404 with another error than FileNotFound");
    }

    @Test
    void an_answer_about_another_file_is_no_answer() {
      platform.serve(
          "/storage/files/" + file, 200, TestPlatform.fileBody(someFile().toString(), "a"));
      assertUnavailable(
          () -> directory.usable(CALLER, IMODEL, List.of(file)), "200 with another file");
      platform.serve("/storage/files/" + file, 200, "{\"file\": \"" + file + "\"}");
      assertUnavailable(() -> directory.usable(CALLER, IMODEL, List.of(file)), "answered 200 with");
    }

    @Test
    void a_failure_at_one_of_the_files_is_a_failure() {
      var failing = fileOf(ITWIN);
      platform.show(file, "plant.dgn");
      var files = List.of(file, failing);
      platform.serve("/storage/files/" + failing, 401, "");
      assertFailure(() -> directory.usable(CALLER, IMODEL, files), Reason.TOKEN_REFUSED, "refused");
      platform.serve("/storage/files/" + failing, 429, "");
      assertFailure(() -> directory.usable(CALLER, IMODEL, files), Reason.BUSY, "429");
      platform.serve("/storage/files/" + failing, 500, "");
      assertUnavailable(() -> directory.usable(CALLER, IMODEL, files), "500");
    }

    @Test
    void a_bounded_number_of_files_is_looked_up_at_once() {
      var files = IntStream.range(0, 100).mapToObj(i -> fileOf(ITWIN)).toList();
      var running = new AtomicInteger();
      var most = new AtomicInteger();
      var full = new CountDownLatch(PlatformDirectory.FILES_AT_ONCE_MAX);
      var excess = new CountDownLatch(PlatformDirectory.FILES_AT_ONCE_MAX + 1);
      files.forEach(each ->
          platform.serve(
              "/storage/files/" + each,
              exchange -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                full.countDown();
                excess.countDown();
                await(full);
                // Without an excess, only the first files wait, because later ones end the wait.
                awaitFor(Duration.ofMillis(300), excess);
                running.decrementAndGet();
                TestPlatform.answer(
                    exchange, 200, TestPlatform.fileBody(each.toString(), "plant.dgn"));
              }));
      assertThat(directory.usable(CALLER, IMODEL, files)).containsOnlyKeys(files);
      assertThat(most).hasValue(PlatformDirectory.FILES_AT_ONCE_MAX);
    }

    @Test
    void a_file_that_is_named_twice_is_looked_up_once() {
      platform.show(file, "plant.dgn");
      assertThat(directory.usable(CALLER, IMODEL, List.of(file, file))).containsOnlyKeys(file);
      assertThat(platform.requests()).hasSize(2);
    }

    @Test
    void a_file_that_is_completed_becomes_usable_after_two_seconds() {
      assertThat(directory.usable(CALLER, IMODEL, List.of(file))).isEmpty();
      platform.show(file, "plant.dgn");
      assertThat(directory.usable(CALLER, IMODEL, List.of(file))).isEmpty();
      nanos.addAndGet(Duration.ofSeconds(2).toNanos());
      assertThat(directory.usable(CALLER, IMODEL, List.of(file))).containsOnlyKeys(file);
    }
  }

  @Nested
  final class Caching {

    @Test
    void an_answer_is_used_for_ten_seconds() {
      platform.show(IMODEL, ITWIN);
      assertThat(directory.access(CALLER, IMODEL)).isEqualTo(Access.CHANGE);
      platform.serve("/imodels/" + IMODEL, 403, "");
      nanos.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
      assertThat(directory.access(CALLER, IMODEL)).isEqualTo(Access.CHANGE);
      nanos.incrementAndGet();
      assertThat(directory.access(CALLER, IMODEL)).isEqualTo(Access.DENIED);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void a_negative_answer_is_used_for_two_seconds(int status) {
      platform.serve("/imodels/" + IMODEL, status, TestPlatform.errorBody("iModelNotFound"));
      assertThat(directory.access(CALLER, IMODEL)).isNotEqualTo(Access.CHANGE);
      platform.show(IMODEL, ITWIN);
      nanos.addAndGet(Duration.ofSeconds(2).toNanos() - 1);
      assertThat(directory.access(CALLER, IMODEL)).isNotEqualTo(Access.CHANGE);
      nanos.incrementAndGet();
      assertThat(directory.access(CALLER, IMODEL)).isEqualTo(Access.CHANGE);
    }

    @Test
    void without_a_cache_each_call_asks() {
      platform.show(IMODEL, ITWIN);
      try (var uncached = builder().cacheDuration(Duration.ZERO).build()) {
        assertThat(uncached.access(CALLER, IMODEL)).isEqualTo(Access.CHANGE);
        assertThat(uncached.iTwinOf(CALLER, IMODEL, someFile())).contains(ITWIN);
      }
      assertThat(platform.requests()).hasSize(2);
    }

    @Test
    void a_failure_is_not_used_again() {
      platform.serve("/imodels/" + IMODEL, 500, "");
      assertUnavailable(() -> directory.access(CALLER, IMODEL), "500");
      platform.show(IMODEL, ITWIN);
      assertThat(directory.access(CALLER, IMODEL)).isEqualTo(Access.CHANGE);
    }

    @Test
    void the_observer_is_told_of_requests_but_not_of_cached_answers() {
      var outcomes = new CopyOnWriteArrayList<String>();
      PlatformObserver observer =
          failure -> outcomes.add(failure == null ? "answered" : failure.reason().toString());
      var file = new StorageFileId(ITWIN, UUID.randomUUID());
      platform.show(IMODEL, ITWIN);
      platform.serve("/storage/files/" + file, 503, "");
      try (var observed = builder().observer(observer).build()) {
        assertThat(observed.access(CALLER, IMODEL)).isEqualTo(Access.CHANGE);
        assertThat(observed.access(CALLER, IMODEL)).isEqualTo(Access.CHANGE);
        assertUnavailable(() -> observed.usable(CALLER, IMODEL, List.of(file)), "503");
        assertThat(observed.access(CALLER, IMODEL)).isEqualTo(Access.CHANGE);
      }
      assertThat(outcomes).containsExactly("answered", "UNAVAILABLE");
    }

    static Stream<Caller> otherCallers() {
      return Stream.of(
          Caller.ofUser("client", "other").withBearerToken("token"),
          Caller.ofUser("other", "user").withBearerToken("token"),
          CALLER.withBearerToken("other"));
    }

    @ParameterizedTest
    @MethodSource("otherCallers")
    void an_answer_is_not_used_for_another_caller_or_token(Caller other) {
      var file = fileOf(ITWIN);
      platform.show(IMODEL, ITWIN);
      platform.show(file, "plant.dgn");
      assertThat(directory.usable(CALLER, IMODEL, List.of(file))).isNotEmpty();
      platform.serve("/storage/files/" + file, 403, "");
      assertThat(directory.usable(other, IMODEL, List.of(file))).isEmpty();
      platform.serve("/imodels/" + IMODEL, 403, "");
      nanos.addAndGet(Duration.ofSeconds(9).toNanos());
      assertThat(directory.access(CALLER, IMODEL)).isEqualTo(Access.CHANGE);
      assertThat(directory.access(anotherTokenOf(other), IMODEL)).isEqualTo(Access.DENIED);
    }

    private static Caller anotherTokenOf(Caller caller) {
      return caller.withBearerToken("third");
    }

    @Test
    void concurrent_calls_for_one_imodel_are_one_request()
        throws InterruptedException, ExecutionException, TimeoutException {
      var gate = new CountDownLatch(1);
      platform.serve(
          "/imodels/" + IMODEL,
          exchange -> {
            await(gate);
            TestPlatform.answer(
                exchange, 200, TestPlatform.iModelBody(IMODEL.toString(), ITWIN.toString()));
          });
      var calls =
          IntStream.range(0, 8)
              .mapToObj(i ->
                  CompletableFuture.supplyAsync(
                      () -> directory.access(CALLER, IMODEL),
                      task -> Thread.ofPlatform().daemon().start(task)))
              .toList();
      gate.countDown();
      for (var call : calls) {
        assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo(Access.CHANGE);
      }
      assertThat(platform.requests()).hasSize(1);
    }
  }

  @Nested
  final class Time {

    @Test
    void a_slow_platform_is_unavailable_when_the_time_is_over() {
      platform.serve("/imodels/" + IMODEL, exchange -> platform.hang());
      try (var impatient = builder().timeout(Duration.ofMillis(500)).build()) {
        assertUnavailable(() -> impatient.access(CALLER, IMODEL), "in time");
        assertUnavailable(() -> impatient.usable(CALLER, IMODEL, List.of(someFile())), "in time");
      }
    }

    @Test
    void a_slow_file_is_unavailable_when_the_time_is_over() {
      var file = fileOf(ITWIN);
      platform.show(IMODEL, ITWIN);
      platform.serve("/storage/files/" + file, exchange -> platform.hang());
      assertThat(directory.access(CALLER, IMODEL)).isEqualTo(Access.CHANGE);
      try (var impatient = builder().timeout(Duration.ofMillis(500)).build()) {
        assertUnavailable(() -> impatient.usable(CALLER, IMODEL, List.of(file)), "in time");
      }
    }

    @Test
    void a_call_on_a_virtual_thread_can_be_interrupted() throws InterruptedException {
      var arrived = new CountDownLatch(1);
      platform.serve(
          "/imodels/" + IMODEL,
          exchange -> {
            arrived.countDown();
            platform.hang();
          });
      var failure = new CompletableFuture<Throwable>();
      var caller =
          Thread.startVirtualThread(() -> {
            try {
              directory.access(CALLER, IMODEL);
            } catch (DirectoryException interrupted) {
              failure.complete(interrupted);
            }
          });
      assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
      caller.interrupt();
      assertThat(failure.join()).hasMessageContaining("interrupted");
    }

    @Test
    void closing_fails_the_calls_that_wait() throws InterruptedException {
      var arrived = new CountDownLatch(1);
      platform.serve(
          "/imodels/" + IMODEL,
          exchange -> {
            arrived.countDown();
            platform.hang();
          });
      var call = CompletableFuture.supplyAsync(() -> directory.access(CALLER, IMODEL));
      assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
      directory.close();
      assertThatThrownBy(call::join).hasCauseInstanceOf(DirectoryException.class);
      assertUnavailable(() -> directory.access(CALLER, IMODEL), "not asked any more");
    }
  }

  @Nested
  final class Configuration {

    @Test
    void a_value_that_makes_no_sense_is_refused() {
      var builder = builder();
      assertThatThrownBy(() -> builder.cacheDuration(Duration.ofSeconds(-1)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> builder.cacheDuration(Duration.ofHours(2)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> builder.timeout(Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> builder.timeout(Duration.ofDays(1)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> builder.simultaneousRequests(0))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> PlatformDirectory.builder(platform.url().resolve("/path")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private void assertUnavailable(ThrowingCallable call, String message) {
    assertFailure(call, Reason.UNAVAILABLE, message);
  }

  private static void assertFailure(ThrowingCallable call, Reason reason, String message) {
    assertThatThrownBy(call)
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(
            DirectoryException.class, failure -> assertThat(failure.reason()).isEqualTo(reason));
  }

  private static StorageFileId fileOf(ITwinId iTwin) {
    return new StorageFileId(iTwin, UUID.randomUUID());
  }

  private static StorageFileId someFile() {
    return fileOf(new ITwinId(UUID.randomUUID()));
  }

  private static void awaitFor(Duration time, CountDownLatch gate) throws IOException {
    try {
      var unused = gate.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void await(CountDownLatch gate) throws IOException {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
