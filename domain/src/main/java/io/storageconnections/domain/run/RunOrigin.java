package io.storageconnections.domain.run;

import org.jspecify.annotations.Nullable;

/**
 * The request that started a run. Texts are cut to {@link #TEXT_LENGTH_MAX} characters (Unicode
 * code points); U+0000 and lone surrogates become U+FFFD.
 *
 * @param client the name of the client application
 * @param subject the user for whom the client called, or the client itself
 * @param correlationId the correlation id of the request; null if it had none
 */
public record RunOrigin(String client, String subject, @Nullable String correlationId) {

  /** The greatest length of each text, in Unicode code points. */
  public static final int TEXT_LENGTH_MAX = 255;

  /** Cuts and cleans the texts. */
  public RunOrigin {
    client = StorableText.of(client, TEXT_LENGTH_MAX);
    subject = StorableText.of(subject, TEXT_LENGTH_MAX);
    correlationId = correlationId == null ? null : StorableText.of(correlationId, TEXT_LENGTH_MAX);
  }
}
