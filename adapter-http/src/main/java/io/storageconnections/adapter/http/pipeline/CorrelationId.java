package io.storageconnections.adapter.http.pipeline;

import io.javalin.http.Context;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The correlation id of a request. The answer contains it as a header, and each line of the log
 * that the request causes contains it, too.
 */
public final class CorrelationId {

  /** The name of the header, in requests and answers. */
  public static final String HEADER = "x-correlation-id";

  private static final String LOG_KEY = "correlationId";
  private static final String LOG_KEY_BEFORE = CorrelationId.class.getName() + ".before";

  /**
   * Without line breaks and at most 64 characters, so that a client cannot forge or flood the log.
   */
  private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  private CorrelationId() {}

  /** Adds the correlation id to the answer and, until {@link #end}, to the context of the log. */
  public static void begin(Context ctx) {
    var id = of(ctx.header(HEADER));
    ctx.attribute(LOG_KEY_BEFORE, MDC.get(LOG_KEY));
    MDC.put(LOG_KEY, id);
    ctx.header(HEADER, id);
  }

  /**
   * Restores the context of the log, because the thread serves other requests next, and because the
   * application that embeds this server may have put its own correlation id there.
   */
  public static void end(Context ctx) {
    String before = ctx.attribute(LOG_KEY_BEFORE);
    if (before == null) {
      MDC.remove(LOG_KEY);
    } else {
      MDC.put(LOG_KEY, before);
    }
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
