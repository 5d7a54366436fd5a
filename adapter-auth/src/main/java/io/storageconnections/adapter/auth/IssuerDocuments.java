package io.storageconnections.adapter.auth;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what an issuer publishes: small documents, in little time, from exactly the address asked
 * for. Redirects are not followed, for they could lead away from what was checked. Thread-safe.
 */
final class IssuerDocuments implements AutoCloseable {

  static final int SIZE_MAX_BYTES = 256 * 1024;

  // The JDK's client and not Nimbus' retriever, which follows redirects and bounds each read alone.
  private final HttpClient http;
  private final Duration answerTime;
  private final Duration wholeTime;

  IssuerDocuments() {
    this(Duration.ofSeconds(2), Duration.ofSeconds(3));
  }

  /**
   * Waits no longer than this.
   *
   * @param readTime until the answer begins, and again until it is complete
   */
  IssuerDocuments(Duration connectTime, Duration readTime) {
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTime)
            .build();
    answerTime = readTime;
    wholeTime = connectTime.plus(readTime);
  }

  /**
   * The document at {@code address}, as text.
   *
   * @param mediaTypes what {@code Accept} asks for
   * @throws IOException if it cannot be had: no connection, no answer in time, another status than
   *     200, too long, or this thread was interrupted
   */
  String get(URI address, String mediaTypes) throws IOException {
    var request =
        HttpRequest.newBuilder(address).header("Accept", mediaTypes).timeout(answerTime).build();
    var exchange = http.sendAsync(request, answer -> new BoundedBody());
    try {
      // The request's own timeout ends with the headers; a body that trickles is cut off here.
      var answer = exchange.get(wholeTime.toMillis(), TimeUnit.MILLISECONDS);
      if (answer.statusCode() != 200) {
        throw new IOException(address + " answered " + answer.statusCode());
      }
      return new String(answer.body(), StandardCharsets.UTF_8);
    } catch (ExecutionException failed) {
      throw new IOException("cannot read " + address, failed.getCause());
    } catch (TimeoutException tooSlow) {
      throw new IOException(address + " took longer than " + wholeTime, tooSlow);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading " + address, stopped);
    } finally {
      exchange.cancel(true);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  /** Collects a body and gives up as soon as it is too long. */
  private static final class BoundedBody implements BodySubscriber<byte[]> {

    private final BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();
    private Flow.@Nullable Subscription subscription;
    private long sizeBytes;

    @Override
    public void onSubscribe(Flow.Subscription begun) {
      subscription = begun;
      whole.onSubscribe(begun);
    }

    @Override
    public void onNext(List<ByteBuffer> part) {
      for (var buffer : part) {
        sizeBytes += buffer.remaining();
      }
      if (sizeBytes <= SIZE_MAX_BYTES) {
        whole.onNext(part);
      } else if (subscription != null) {
        subscription.cancel();
        whole.onError(new IOException("the answer is longer than " + SIZE_MAX_BYTES + " bytes"));
      }
    }

    @Override
    public void onError(Throwable failure) {
      whole.onError(failure);
    }

    @Override
    public void onComplete() {
      whole.onComplete();
    }

    @Override
    public CompletionStage<byte[]> getBody() {
      return whole.getBody();
    }
  }
}
