package io.storageconnections.adapter.platform.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a response while it arrives. Only some buffers of the HTTP client are in memory
 * at a time. A pause that is too long is an {@link IOException}, which the JDK's own stream does
 * not have. For one reader; it may be closed by any thread.
 */
final class StreamedBody extends InputStream implements BodySubscriber<StreamedBody> {

  /** How many parts the HTTP client may read ahead. */
  private static final int PARTS_AHEAD = 2;

  private final Duration silenceLimit;

  /** Bounded by what is requested, and by the event at the end. */
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  private Event current = new Part(List.of());
  private volatile Flow.@Nullable Subscription subscription;
  private volatile boolean isClosed;

  StreamedBody(Duration silenceLimit) {
    this.silenceLimit = silenceLimit;
  }

  private sealed interface Event {}

  private record Part(List<ByteBuffer> buffers) implements Event {}

  private record End(@Nullable Throwable failure) implements Event {}

  @Override
  public void onSubscribe(Flow.Subscription started) {
    subscription = started;
    if (isClosed) {
      started.cancel();
    } else {
      started.request(PARTS_AHEAD);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    events.add(new Part(buffers));
  }

  @Override
  public void onError(Throwable failure) {
    events.add(new End(failure));
  }

  @Override
  public void onComplete() {
    events.add(new End(null));
  }

  @Override
  public CompletionStage<StreamedBody> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    while (true) {
      if (isClosed) {
        throw new IOException("the content is closed");
      }
      switch (current) {
        case End(var failure) when failure != null ->
            throw new IOException("the connection broke", failure);
        case End end -> {
          return -1;
        }
        case Part(var buffers) -> {
          for (var buffer : buffers) {
            if (buffer.hasRemaining()) {
              var read = Math.min(length, buffer.remaining());
              buffer.get(target, offset, read);
              return read;
            }
          }
          current = next();
        }
      }
    }
  }

  private Event next() throws IOException {
    try {
      var event = events.poll(silenceLimit.toNanos(), TimeUnit.NANOSECONDS);
      if (event == null) {
        close();
        throw new IOException(
            "no byte arrived for " + silenceLimit.toMillis() / 1000.0 + " seconds");
      }
      var running = subscription;
      if (event instanceof Part && running != null) {
        running.request(1);
      }
      return event;
    } catch (InterruptedException stopped) {
      close();
      Thread.currentThread().interrupt();
      var interrupted = new InterruptedIOException("interrupted while the content arrived");
      interrupted.initCause(stopped);
      throw interrupted;
    }
  }

  /** Ends the transfer. Bytes that have arrived, and were not read, are dropped. */
  @Override
  public void close() {
    isClosed = true;
    var running = subscription;
    if (running != null) {
      running.cancel();
    }
    events.add(new End(null));
  }
}
