package io.storageconnections.adapter.platform.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Collects the body of a response up to a maximum size. A longer body fails with {@link
 * TooLongException}, and is not read to its end.
 */
final class BoundedBody implements BodySubscriber<byte[]> {

  private final int sizeMaxBytes;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  BoundedBody(int sizeMaxBytes) {
    this.sizeMaxBytes = sizeMaxBytes;
  }

  /** Says that a body is longer than the maximum. */
  static final class TooLongException extends IOException {

    private static final long serialVersionUID = 1L;

    TooLongException(int sizeMaxBytes) {
      super("the body is longer than " + sizeMaxBytes + " bytes");
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription started) {
    subscription = started;
    started.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    for (var part : parts) {
      if (part.remaining() > sizeMaxBytes - received.size()) {
        if (subscription != null) {
          subscription.cancel();
        }
        body.completeExceptionally(new TooLongException(sizeMaxBytes));
        return;
      }
      var bytes = new byte[part.remaining()];
      part.get(bytes);
      received.writeBytes(bytes);
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(received.toByteArray());
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }
}
