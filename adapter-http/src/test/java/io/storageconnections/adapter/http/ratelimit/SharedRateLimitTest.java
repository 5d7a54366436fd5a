package io.storageconnections.adapter.http.ratelimit;

import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.adapter.http.fixture.SettableTime;
import io.storageconnections.adapter.http.port.RequestAllowance;
import io.storageconnections.application.contract.InMemoryRequestAllowance;
import io.storageconnections.application.contract.Race;
import io.storageconnections.application.port.RequestLease;
import io.storageconnections.application.port.StoreException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** One limit for several nodes, and what becomes of it when they cannot agree. */
final class SharedRateLimitTest {

  private static final String UNKNOWN =
      CONNECTIONS + "/MWplZe9Uf0iR1IDMqyOMLqBN0_wHEVBGg_CzJmXdmE4";

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final SettableTime time = new SettableTime();
  private final InMemoryRequestAllowance shared =
      new InMemoryRequestAllowance(time::currentTimeNanos);
  private final AtomicInteger questions = new AtomicInteger();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(SharedAllowance.class);
  private final List<TestServer> opened = new ArrayList<>();
  private volatile boolean isAway;

  @BeforeEach
  void listen() {
    // The server logs in threads of its own.
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(log);
  }

  @AfterEach
  void close() {
    logger.detachAppender(log);
    logger.setLevel(null);
    opened.forEach(TestServer::close);
  }

  // ---- as clients see it ---------------------------------------------------------------------

  @Test
  void two_nodes_together_serve_the_limit_except_for_unused_leases() {
    var one = server(200);
    var other = server(200);
    assertThat(served(other, 1)).isEqualTo(1);
    // A share is 4; the other node has 3 of its own left.
    assertThat(served(one, 250)).isEqualTo(196);
    assertThat(served(other, 10)).isEqualTo(3);
    time.pass(WINDOW);
    assertThat(served(one, 10)).isEqualTo(10);
  }

  @Test
  void two_nodes_under_load_together_serve_at_most_the_limit() throws InterruptedException {
    var nodes = List.of(server(200), server(200));
    var served =
        Race.among(
            IntStream.range(0, 16)
                .mapToObj(i -> (Callable<Integer>) () -> served(nodes.get(i % 2), 20))
                .toList());
    assertThat(served.stream().mapToInt(Integer::intValue).sum()).isBetween(196, 200);
  }

  @Test
  void the_headers_report_the_rest_for_all_nodes_and_the_end_of_the_window() {
    var one = server(100);
    var other = server(100);
    assertThat(header(request(one), "RateLimit")).isEqualTo("\"default\";r=99;t=60");
    assertThat(header(request(one), "RateLimit")).isEqualTo("\"default\";r=98;t=60");
    time.pass(Duration.ofMillis(20_001));
    assertThat(header(request(other), "RateLimit")).isEqualTo("\"default\";r=97;t=40");
    served(other, 97);
    var refused = request(other);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(header(refused, "RateLimit")).isEqualTo("\"default\";r=0;t=40");
    assertThat(header(refused, "RateLimit-Policy")).isEqualTo("\"default\";q=100;w=60");
    assertThat(header(refused, "Retry-After")).isEqualTo("40");
  }

  @Test
  void unauthenticated_requests_are_counted_on_each_node_without_the_store() {
    isAway = true;
    var one = server(2);
    var other = server(2);
    var statuses =
        List.of(one, other, one, one).stream()
            .map(node -> node.send(node.request(UNKNOWN)).statusCode())
            .toList();
    assertThat(statuses).containsExactly(401, 401, 401, 429);
    assertThat(log.list).isEmpty();
  }

  @Test
  void while_the_store_is_unavailable_no_request_is_refused_and_it_is_logged_once() {
    isAway = true;
    var nodes = List.of(server(100), server(100));
    for (var node : nodes) {
      assertThat(served(node, 120)).isEqualTo(100);
    }
    assertThat(log.list)
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.WARN, Level.WARN);
  }

  // ---- as one node keeps it ------------------------------------------------------------------

  @Test
  void a_node_leases_each_share_once_and_does_not_ask_when_nothing_is_left() {
    var count = count(1_000);
    assertThat(taken(count, 1_000)).isEqualTo(1_000);
    assertThat(questions).hasValue(50);
    assertThat(taken(count, 1_000)).isZero();
    assertThat(questions).hasValue(50);
    time.pass(WINDOW);
    assertThat(taken(count, 1)).isEqualTo(1);
    assertThat(questions).hasValue(51);
  }

  @Test
  void concurrent_requests_wait_for_one_lease() throws InterruptedException {
    var takers = new CopyOnWriteArrayList<Thread>();
    var count =
        count(
            1_000,
            (partition, wanted, limit, window) -> {
              // All takers wait before the answer comes; but it comes while they still wait for it.
              holdsWithin(
                  Duration.ofMillis(500),
                  () ->
                      takers.size() == 16 && takers.stream().allMatch(SharedRateLimitTest::waits));
              return lease(partition, wanted, limit, window);
            });
    Callable<Integer> taker =
        () -> {
          takers.add(Thread.currentThread());
          return taken(count, 1);
        };
    assertThat(Race.among(Collections.nCopies(16, taker))).containsOnly(1);
    assertThat(questions).hasValue(1);
  }

  private static boolean waits(Thread thread) {
    return switch (thread.getState()) {
      case BLOCKED, WAITING, TIMED_WAITING, TERMINATED -> true;
      case NEW, RUNNABLE -> false;
    };
  }

  @Test
  void a_lease_is_not_used_in_the_next_window() {
    var count = count(1_000);
    taken(count, 1);
    assertThat(count.left()).isEqualTo(999);
    time.pass(WINDOW);
    assertThat(count.left()).isEqualTo(1_000);
    // Another node takes all of the new window.
    shared.lease("a", 1_000, 1_000, WINDOW);
    assertThat(taken(count, 20)).isZero();
  }

  @Test
  void a_lease_ends_with_its_window_even_if_the_answer_was_late() {
    var count =
        count(
            1_000,
            (partition, wanted, limit, window) -> {
              var lease = lease(partition, wanted, limit, window);
              time.pass(Duration.ofSeconds(10));
              return lease;
            });
    taken(count, 1);
    time.pass(Duration.ofSeconds(49));
    assertThat(count.left()).isEqualTo(999);
    time.pass(Duration.ofSeconds(1));
    assertThat(count.left()).isEqualTo(1_000);
  }

  @Test
  void while_the_store_is_unavailable_each_node_applies_the_limit_and_then_counts_together_again() {
    var count = count(100);
    taken(count, 50);
    isAway = true;
    assertThat(taken(count, 100)).isEqualTo(50);
    time.pass(WINDOW);
    assertThat(taken(count, 60)).isEqualTo(60);
    isAway = false;
    // The next request starts a check in the background, and does not wait for it.
    time.pass(Duration.ofSeconds(1));
    assertThat(taken(count, 1)).isEqualTo(1);
    assertThat(taken(count, 1)).isEqualTo(1);
    await(() -> log.list.size() == 2);
    assertThat(log.list)
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.WARN, Level.INFO);
    shared.lease("a", 99, 100, WINDOW);
    assertThat(taken(count, 10)).isEqualTo(1);
  }

  @Test
  @Timeout(60)
  void only_one_request_waits_for_a_store_that_does_not_answer() {
    var never = new CountDownLatch(1);
    var count =
        count(
            1_000,
            (partition, wanted, limit, window) -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return shared.lease(partition, wanted, limit, window);
            });
    assertThat(taken(count, 1_100)).isEqualTo(1_000);
    assertThat(log.list).hasSize(1);
    never.countDown();
    await(() -> log.list.size() == 2);
  }

  private TestServer server(int requestsPerMinute) {
    var server = TestServer.with(new RateLimit(requestsPerMinute, time, this::lease));
    opened.add(server);
    return server;
  }

  private LeasedRequestCount count(int limit) {
    return count(limit, this::lease);
  }

  private LeasedRequestCount count(int limit, RequestAllowance allowance) {
    return new LeasedRequestCount("a", new SharedAllowance(allowance, limit, WINDOW, time), time);
  }

  private RequestLease lease(String partition, int wanted, int limit, Duration window) {
    if (isAway) {
      throw new StoreException("counting", new IOException("away"));
    }
    questions.incrementAndGet();
    return shared.lease(partition, wanted, limit, window);
  }

  private static int taken(RequestCount count, int times) {
    return (int) IntStream.range(0, times).filter(i -> count.take().isAdmitted()).count();
  }

  private static int served(TestServer server, int requests) {
    return (int)
        IntStream.range(0, requests).filter(i -> request(server).statusCode() != 429).count();
  }

  private static HttpResponse<String> request(TestServer server) {
    return server.send(server.authorized(UNKNOWN));
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static void await(BooleanSupplier condition) {
    assertThat(holdsWithin(Duration.ofSeconds(60), condition)).isTrue();
  }

  private static boolean holdsWithin(Duration patience, BooleanSupplier condition) {
    var end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    return true;
  }
}
