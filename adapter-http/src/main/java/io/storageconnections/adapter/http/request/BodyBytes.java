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

/** Reads the bytes of a request's body, with limits on their number and on the time. */
public final class BodyBytes {

  /** The length of the longest body that the server reads, in bytes. */
  public static final int LENGTH_MAX = 1024 * 1024;

  /**
   * The longest time that reading a body may take. The server also ends a request if no byte
   * arrives for 30 seconds; this timeout also ends a request whose bytes arrive too slowly.
   */
  public static final Duration TIMEOUT = Duration.ofSeconds(60);

  /**
   * The number of bytes that the server reads beyond {@link #LENGTH_MAX}, and discards. Many
   * clients read the answer only after they have sent the whole body.
   */
  private static final long DRAINED_BYTES_MAX = 32L * LENGTH_MAX;

  private static final int BUFFER_BYTES = 8192;

  private static final Logger LOG = LoggerFactory.getLogger(BodyBytes.class);

  private BodyBytes() {}

  /**
   * Reads the whole body.
   *
   * @throws UnreadableBodyException if the body has a content coding, such as gzip, or a transfer
   *     coding other than chunked
   * @throws ContentTooLargeResponse if it is longer than {@link #LENGTH_MAX}
   * @throws RequestTimeoutResponse if it takes longer than {@link #TIMEOUT}
   * @throws IOException if the client closes the connection, or sends nothing for too long
   */
  public static byte[] read(Context ctx) throws IOException {
    refuseCodings(ctx);
    // The client waits for 100 Continue before it sends the body, so the server can refuse it
    // early.
    if (ctx.header("Expect") != null && ctx.req().getContentLengthLong() > LENGTH_MAX) {
      throw new ContentTooLargeResponse();
    }
    return read(ctx.bodyInputStream(), System::nanoTime);
  }

  /**
   * Checks that the body is sent as it is.
   *
   * @throws UnreadableBodyException if the body has a content coding, such as gzip, or a transfer
   *     coding other than chunked
   */
  public static void refuseCodings(Context ctx) {
    if (hasCodingOtherThan(ctx, "Content-Encoding", "identity")) {
      throw UnreadableBodyException.contentCoding();
    }
    if (hasCodingOtherThan(ctx, "Transfer-Encoding", "chunked")) {
      throw UnreadableBodyException.transferCoding();
    }
  }

  private static boolean hasCodingOtherThan(Context ctx, String header, String supported) {
    return Collections.list(ctx.req().getHeaders(header)).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .anyMatch(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase(supported));
  }

  /**
   * Reads {@code in} to its end.
   *
   * @param nanoTime the current time in nanoseconds, with any origin
   * @throws ContentTooLargeResponse if there are more than {@link #LENGTH_MAX} bytes
   * @throws RequestTimeoutResponse if reading takes longer than {@link #TIMEOUT}
   * @throws IOException if {@code in} fails
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
