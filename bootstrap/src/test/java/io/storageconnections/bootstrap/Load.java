package io.storageconnections.bootstrap;

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
 * Clients of one node that create connections of two files each, and add a third file to some,
 * until they are told to stop or get no answer. Nobody else wants their files, so that every answer
 * but 201 and 503 is wrong.
 */
final class Load implements AutoCloseable {

  /** What was answered 201: these files are files of this connection from then on. */
  record Acknowledged(String connection, List<String> files) {}

  private final ApiClient node;
  private final ExecutorService clients;
  private volatile boolean stopped;

  private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unavailable = new AtomicInteger();
  private final Queue<String> unanswered = new ConcurrentLinkedQueue<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  private Load(ApiClient node, int clients) {
    this.node = node;
    this.clients = Executors.newFixedThreadPool(clients);
    for (int i = 0; i < clients; i++) {
      this.clients.execute(this::goOn);
    }
  }

  static Load on(ApiClient node, int clients) {
    return new Load(node, clients);
  }

  private void goOn() {
    try {
      for (int i = 0; !stopped; i++) {
        create(i % 4 == 0);
      }
    } catch (UncheckedIOException dead) {
      unanswered.add(String.valueOf(dead.getCause()));
    } catch (RuntimeException unheard) {
      wrong.add(unheard.toString());
    }
  }

  private void create(boolean addsAnother) {
    var files = List.of(Documents.newFile(), Documents.newFile());
    var created = node.create(Documents.connection(UUID.randomUUID(), files));
    if (isDone(created)) {
      var connection = created.headers().firstValue("Location").orElseThrow().replaceAll(".*/", "");
      acknowledged.add(new Acknowledged(connection, files));
      if (addsAnother) {
        var file = Documents.newFile();
        if (isDone(node.addFile(connection, Documents.file(file)))) {
          acknowledged.add(new Acknowledged(connection, List.of(file)));
        }
      }
    }
  }

  private boolean isDone(HttpResponse<String> answer) {
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

  /** What was answered 201 so far. */
  List<Acknowledged> acknowledged() {
    return new ArrayList<>(acknowledged);
  }

  /** How often a 503 was answered so far. */
  int unavailable() {
    return unavailable.get();
  }

  /** Why clients got no answer; each of them has given up. */
  List<String> unanswered() {
    return new ArrayList<>(unanswered);
  }

  /** The answers that should not have been given. */
  List<String> wrong() {
    return new ArrayList<>(wrong);
  }

  /** Begins nothing more, and lets what is under way come to its end. */
  void stop() {
    stopped = true;
    clients.close();
  }

  @Override
  public void close() {
    stop();
  }
}
