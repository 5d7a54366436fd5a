package io.storageconnections.adapter.auth.issuer;

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
 * Fetches the documents that an issuer publishes. Size and time are bounded. The client does not
 * follow redirects, because they could lead to an address that was not checked. Thread-safe.
 */
public final class IssuerHttpClient implements AutoCloseable {

  static final int SIZE_MAX_BYTES = 256 * 1024;

  // The JDK's client and not Nimbus' retriever, which follows redirects, and which bounds the time
  // of each read but not of the whole exchange.
  private final HttpClient http;
  private final Duration responseTimeout;
  private final Duration exchangeTimeout;

  /** Makes a client that waits up to two seconds for a connection and three for a response. */
  public IssuerHttpClient() {
    this(Duration.ofSeconds(2), Duration.ofSeconds(3));
  }

  /**
   * Makes a client with other timeouts.
   *
   * @param connectTimeout the time to wait for a connection
   * @param responseTimeout the time to wait for the headers, and again for the complete body
   */
  public IssuerHttpClient(Duration connectTimeout, Duration responseTimeout) {
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .build();
    this.responseTimeout = responseTimeout;
    exchangeTimeout = connectTimeout.plus(responseTimeout);
  }

  /**
   * Fetches the document at {@code address}, as text.
   *
   * @param mediaTypes the value of the header {@code Accept}
   * @throws IOException if there is no connection or no response in time, the status is not 200,
   *     the document is longer than {@value #SIZE_MAX_BYTES} bytes, or this thread was interrupted
   */
  String get(URI address, String mediaTypes) throws IOException {
    var request =
        HttpRequest.newBuilder(address)
            .header("Accept", mediaTypes)
            .timeout(responseTimeout)
            .build();
    var exchange = http.sendAsync(request, response -> new BoundedBody());
    try {
      // The request's own timeout ends with the headers; this one also bounds a trickling body.
      var response = exchange.get(exchangeTimeout.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new IOException(address + " answered " + response.statusCode());
      }
      return new String(response.body(), StandardCharsets.UTF_8);
    } catch (ExecutionException failed) {
      throw new IOException("cannot read " + address, failed.getCause());
    } catch (TimeoutException tooSlow) {
      throw new IOException(address + " took longer than " + exchangeTimeout, tooSlow);
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

  /** Collects a body, and cancels the exchange as soon as the body is too long. */
  private static final class BoundedBody implements BodySubscriber<byte[]> {

    private final BodySubscriber<byte[]> collector = BodySubscribers.ofByteArray();
    private Flow.@Nullable Subscription subscription;
    private long sizeBytes;

    @Override
    public void onSubscribe(Flow.Subscription started) {
      subscription = started;
      collector.onSubscribe(started);
    }

    @Override
    public void onNext(List<ByteBuffer> part) {
      for (var buffer : part) {
        sizeBytes += buffer.remaining();
      }
      if (sizeBytes <= SIZE_MAX_BYTES) {
        collector.onNext(part);
      } else if (subscription != null) {
        subscription.cancel();
        collector.onError(
            new IOException("the answer is longer than " + SIZE_MAX_BYTES + " bytes"));
      }
    }

    @Override
    public void onError(Throwable failure) {
      collector.onError(failure);
    }

    @Override
    public void onComplete() {
      collector.onComplete();
    }

    @Override
    public CompletionStage<byte[]> getBody() {
      return collector.getBody();
    }
  }
}
