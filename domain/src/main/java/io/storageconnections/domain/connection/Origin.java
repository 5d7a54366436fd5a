package io.storageconnections.domain.connection;

import org.jspecify.annotations.Nullable;

/**
 * The request of a caller that causes a change, such as the start of a run. Texts are cut to {@link
 * #TEXT_LENGTH_MAX} characters (Unicode code points), the trace to {@link #TRACE_LENGTH_MAX};
 * U+0000 and lone surrogates become U+FFFD.
 *
 * @param client the name of the client application
 * @param subject the user for whom the client called, or the client itself
 * @param correlationId the correlation id of the request; null if it had none
 * @param traceParent the trace that the request is part of, in the form of the header {@code
 *     traceparent} of the W3C; null if there is none
 */
public record Origin(
    String client, String subject, @Nullable String correlationId, @Nullable String traceParent) {

  /** The greatest length of each text but the trace, in Unicode code points. */
  public static final int TEXT_LENGTH_MAX = 255;

  /** The greatest length of the trace: that of version 00 of the header. */
  public static final int TRACE_LENGTH_MAX = 55;

  /** Cuts and cleans the texts. */
  public Origin {
    client = StorableText.of(client, TEXT_LENGTH_MAX);
    subject = StorableText.of(subject, TEXT_LENGTH_MAX);
    correlationId = optional(correlationId, TEXT_LENGTH_MAX);
    traceParent = optional(traceParent, TRACE_LENGTH_MAX);
  }

  /**
   * Creates the origin of a change that is part of no trace.
   *
   * @param client the name of the client application
   * @param subject the user for whom the client called, or the client itself
   * @param correlationId the correlation id of the request; null if it had none
   */
  public Origin(String client, String subject, @Nullable String correlationId) {
    this(client, subject, correlationId, null);
  }

  private static @Nullable String optional(@Nullable String text, int lengthMax) {
    return text == null ? null : StorableText.of(text, lengthMax);
  }
}
