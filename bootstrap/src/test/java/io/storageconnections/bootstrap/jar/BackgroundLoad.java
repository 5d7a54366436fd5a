package io.storageconnections.bootstrap.jar;

import io.storageconnections.bootstrap.fixture.ApiClient;
import io.storageconnections.bootstrap.fixture.RequestBodies;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients of one node that create connections with two files each, and add a third file to some of
 * them, until the test stops them or they get no answer. No other client uses their files, so every
 * answer except 201 and 503 is wrong.
 */
final class BackgroundLoad implements AutoCloseable {

  /** Files of a connection that a node has acknowledged with 201. */
  record Acknowledged(String connection, List<String> files) {}

  private final ApiClient node;
  private final ExecutorService clients;
  private volatile boolean stopped;

  private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unavailable = new AtomicInteger();
  private final Queue<String> unanswered = new ConcurrentLinkedQueue<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  private BackgroundLoad(ApiClient node, int clients) {
    this.node = node;
    this.clients = Executors.newFixedThreadPool(clients);
    for (int i = 0; i < clients; i++) {
      this.clients.execute(this::run);
    }
  }

  static BackgroundLoad on(ApiClient node, int clients) {
    return new BackgroundLoad(node, clients);
  }

  private void run() {
    try {
      for (int i = 0; !stopped; i++) {
        create(i % 4 == 0);
      }
    } catch (UncheckedIOException noAnswer) {
      unanswered.add(String.valueOf(noAnswer.getCause()));
    } catch (RuntimeException bug) {
      wrong.add(bug.toString());
    }
  }

  private void create(boolean addsFile) {
    var files = List.of(RequestBodies.newFile(), RequestBodies.newFile());
    var created = node.create(RequestBodies.connection(UUID.randomUUID(), files));
    if (isAcknowledged(created)) {
      var connection = created.headers().firstValue("Location").orElseThrow().replaceAll(".*/", "");
      acknowledged.add(new Acknowledged(connection, files));
      if (addsFile) {
        var file = RequestBodies.newFile();
        if (isAcknowledged(node.addFile(connection, RequestBodies.file(file)))) {
          acknowledged.add(new Acknowledged(connection, List.of(file)));
        }
      }
    }
  }

  private boolean isAcknowledged(HttpResponse<String> answer) {
    if (answer.statusCode() == 201) {
      return true;
    }
    if (answer.statusCode() == 503 && answer.headers().firstValue("Retry-After").isPresent()) {
      unavailable.incrementAndGet();
    } else {
      wrong.add(answer + " " + answer.headers().map() + " " + answer.body());
    }
    return false;
  }

  /** Returns what the node has acknowledged so far. */
  List<Acknowledged> acknowledged() {
    return new ArrayList<>(acknowledged);
  }

  /** Returns the number of answers with status 503 so far. */
  int unavailable() {
    return unavailable.get();
  }

  /** Returns one cause for each client that got no answer and has given up. */
  List<String> unanswered() {
    return new ArrayList<>(unanswered);
  }

  /** Returns the answers that are neither 201 nor 503 with {@code Retry-After}. */
  List<String> wrong() {
    return new ArrayList<>(wrong);
  }

  /** Starts no more requests, and waits for the answers to those in progress. */
  void stop() {
    stopped = true;
    clients.close();
  }

  @Override
  public void close() {
    stop();
  }
}
