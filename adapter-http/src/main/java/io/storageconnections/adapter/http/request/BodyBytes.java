package io.storageconnections.adapter.http.request;

import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.http.RequestTimeoutResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the bytes of a request's body, within limits of size and time. */
public final class BodyBytes {

  /** The longest body that is read. */
  public static final int LENGTH_MAX = 1024 * 1024;

  /**
   * The longest time for which a body is read. The server also ends a request of which nothing
   * arrives for 30 seconds; this bounds a body that trickles.
   */
  public static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** How much of a body that is too long is read on, only so that its sender gets the answer. */
  private static final long DRAINED_BYTES_MAX = 32L * LENGTH_MAX;

  private static final int BUFFER_BYTES = 8192;

  private static final Logger LOG = LoggerFactory.getLogger(BodyBytes.class);

  private BodyBytes() {}

  /**
   * Reads the whole body.
   *
   * @throws UnreadableBodyException if the body is encoded, for instance compressed
   * @throws ContentTooLargeResponse if it is longer than {@link #LENGTH_MAX}
   * @throws RequestTimeoutResponse if it takes longer than {@link #TIMEOUT}
   * @throws IOException if the client breaks off, or stops sending
   */
  public static byte[] of(Context ctx) throws IOException {
    refuseCodings(ctx);
    // A client that asks before it sends need not send for nothing.
    if (ctx.header("Expect") != null && ctx.req().getContentLengthLong() > LENGTH_MAX) {
      throw new ContentTooLargeResponse();
    }
    return read(ctx.bodyInputStream(), System::nanoTime);
  }

  private static void refuseCodings(Context ctx) {
    if (hasOther(ctx, "Content-Encoding", "identity")) {
      throw UnreadableBodyException.contentCoding();
    }
    if (hasOther(ctx, "Transfer-Encoding", "chunked")) {
      throw UnreadableBodyException.transferCoding();
    }
  }

  private static boolean hasOther(Context ctx, String header, String known) {
    return Collections.list(ctx.req().getHeaders(header)).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .anyMatch(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase(known));
  }

  /**
   * Reads {@code in} to its end.
   *
   * @param nanoTime the time, from any origin
   */
  public static byte[] read(InputStream in, LongSupplier nanoTime) throws IOException {
    var began = nanoTime.getAsLong();
    var bytes = new ByteArrayOutputStream(BUFFER_BYTES);
    var buffer = new byte[BUFFER_BYTES];
    long length = 0;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      length += count;
      if (length <= LENGTH_MAX) {
        bytes.write(buffer, 0, count);
      }
      if (length > LENGTH_MAX + DRAINED_BYTES_MAX) {
        break;
      }
      if (nanoTime.getAsLong() - began > TIMEOUT.toNanos()) {
        throw new RequestTimeoutResponse();
      }
    }
    if (length > LENGTH_MAX) {
      LOG.debug("A body of at least {} bytes is refused", length);
      throw new ContentTooLargeResponse();
    }
    return bytes.toByteArray();
  }
}
