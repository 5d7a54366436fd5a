package io.storageconnections.adapter.http.pipeline;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The correlation id of a request. The answer contains it as a header, and each line of the log
 * that the request causes contains it, too.
 */
public final class CorrelationId {

  /** The name of the header, in requests and answers. */
  public static final String HEADER = "x-correlation-id";

  /**
   * Without line breaks and at most 64 characters, so that a client cannot forge or flood the log.
   */
  private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  private CorrelationId() {}

  /** Adds the correlation id to the answer. */
  public static void begin(Context ctx) {
    ctx.header(HEADER, of(ctx.header(HEADER)));
  }

  /** Logs with the correlation id of an answer, outside of the handlers of its request. */
  public static void log(HttpServletResponse answer, Runnable logging) {
    RequestScope.log(answer.getHeader(HEADER), logging);
  }

  /** Returns the correlation id of a request; null before {@link #begin}. */
  public static @Nullable String of(Context ctx) {
    return ctx.res().getHeader(HEADER);
  }

  /** Returns {@code sent} if it is an acceptable correlation id, or else a new one. */
  public static String of(@Nullable String sent) {
    return sent != null && ACCEPTABLE.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
  }
}
