package io.storageconnections.adapter.auth.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class IssuerHttpClientTest {

  private final LoopbackIssuer issuer = new LoopbackIssuer();
  private final IssuerHttpClient http = LoopbackIssuer.patientClient();
  private final IssuerHttpClient impatient =
      new IssuerHttpClient(Duration.ofMillis(200), Duration.ofMillis(200));

  @AfterEach
  void close() {
    http.close();
    impatient.close();
    issuer.close();
  }

  @Test
  void a_document_of_the_maximum_size_is_read() throws IOException {
    issuer.keys = "x".repeat(IssuerHttpClient.SIZE_MAX_BYTES);
    assertThat(http.get(keys(), "*/*")).isEqualTo(issuer.keys);
  }

  @Test
  void a_longer_document_is_refused() {
    issuer.keys = "x".repeat(IssuerHttpClient.SIZE_MAX_BYTES + 1);
    assertThatThrownBy(() -> http.get(keys(), "*/*"))
        .isInstanceOf(IOException.class)
        .rootCause()
        .hasMessageContaining("longer than");
  }

  @Test
  void an_endless_document_is_refused() {
    issuer.serve(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          while (!Thread.currentThread().isInterrupted()) {
            exchange.getResponseBody().write(new byte[8192]);
          }
        });
    assertThatThrownBy(() -> http.get(issuer.url().resolve("/endless"), "*/*"))
        .isInstanceOf(IOException.class)
        .rootCause()
        .hasMessageContaining("longer than");
  }

  @Test
  void an_issuer_that_does_not_answer_times_out() {
    issuer.gate = new CountDownLatch(1);
    assertThatThrownBy(() -> impatient.get(keys(), "*/*")).isInstanceOf(IOException.class);
  }

  @Test
  void an_issuer_that_answers_byte_by_byte_times_out() {
    issuer.serve(
        "/trickle",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try {
            while (true) {
              exchange.getResponseBody().write(' ');
              exchange.getResponseBody().flush();
              Thread.sleep(20);
            }
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });
    // On a busy machine the answer may begin too late, which is another failure. Then the test
    // tries again.
    var address = issuer.url().resolve("/trickle");
    assertThat(
            Stream.generate(() ->
                    catchThrowableOfType(IOException.class, () -> impatient.get(address, "*/*")))
                .limit(50)
                .map(IOException::toString)
                .anyMatch(failure -> failure.contains("took longer")))
        .isTrue();
  }

  @Test
  void another_status_is_refused() {
    issuer.status = 404;
    assertThatThrownBy(() -> http.get(keys(), "*/*"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("404");
  }

  @Test
  void an_interrupted_thread_stays_interrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> http.get(keys(), "*/*")).isInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private URI keys() {
    return URI.create(issuer.keysAddress);
  }
}
