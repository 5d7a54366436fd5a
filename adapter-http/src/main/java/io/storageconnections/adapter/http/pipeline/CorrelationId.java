package io.storageconnections.adapter.http.pipeline;

import io.javalin.http.Context;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Ties together what a client, this server and its log say of one request. */
public final class CorrelationId {

  /** The header it travels in, and its name in the log. */
  public static final String HEADER = "x-correlation-id";

  private static final String LOG_KEY = "correlationId";
  private static final String LOG_KEY_BEFORE = CorrelationId.class.getName() + ".before";

  /** Short and plain, so that it can neither break a line of the log nor flood it. */
  private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  private CorrelationId() {}

  /** Says it in the answer and, until {@link #end}, in the log. */
  public static void begin(Context ctx) {
    var id = of(ctx.header(HEADER));
    ctx.attribute(LOG_KEY_BEFORE, MDC.get(LOG_KEY));
    MDC.put(LOG_KEY, id);
    ctx.header(HEADER, id);
  }

  /** The thread may serve another request next, or a host may have put something there. */
  public static void end(Context ctx) {
    String before = ctx.attribute(LOG_KEY_BEFORE);
    if (before == null) {
      MDC.remove(LOG_KEY);
    } else {
      MDC.put(LOG_KEY, before);
    }
  }

  /** The client's own if it sent an acceptable one, else a new one. */
  public static String of(@Nullable String sent) {
    return sent != null && ACCEPTABLE.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
  }
}
