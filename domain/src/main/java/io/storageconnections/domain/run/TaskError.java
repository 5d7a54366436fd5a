package io.storageconnections.domain.run;

import io.storageconnections.domain.connection.StorableText;
import org.jspecify.annotations.Nullable;

/**
 * The error of a task: of the server ({@link #of}), or as a connector reported it. Every text is
 * cut to {@link #TEXT_LENGTH_MAX} characters (Unicode code points); U+0000 and lone surrogates,
 * which databases cannot store, become U+FFFD.
 *
 * <p>Source: the API documents one error code, {@link #CODE}, with the message {@link #MESSAGE}.
 * All errors have them; {@code descriptionKey} tells the errors apart.
 *
 * @param system the system that reported the error
 * @param phase the phase in which the error occurred, such as {@code file_download}
 * @param category the kind of cause
 * @param descriptionKey the key of the error: of an {@link ErrorKey}, or any other of a connector
 * @param description one or more sentences for users
 * @param kbArticleLink the URL of an article on the error; empty if there is none
 * @param canUserFix whether the user can remove the cause
 * @param details what happened in this case; may be empty
 * @param bridgeExitCode the exit code of the connector's process; null if there is none
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection-run">Get
 *     Storage Connection Run</a>
 */
public record TaskError(
    ErrorSystem system,
    String phase,
    ErrorCategory category,
    String descriptionKey,
    String description,
    String kbArticleLink,
    boolean canUserFix,
    String details,
    @Nullable Long bridgeExitCode) {

  /** The documented error code. */
  public static final String CODE = "TAE_BRG_1000";

  /** The documented message of {@link #CODE}. */
  public static final String MESSAGE = "Failed to process the file.";

  /** The greatest length of each text, in Unicode code points. */
  public static final int TEXT_LENGTH_MAX = 2_000;

  /** Cuts and cleans the texts. */
  public TaskError {
    phase = StorableText.of(phase, TEXT_LENGTH_MAX);
    descriptionKey = StorableText.of(descriptionKey, TEXT_LENGTH_MAX);
    description = StorableText.of(description, TEXT_LENGTH_MAX);
    kbArticleLink = StorableText.of(kbArticleLink, TEXT_LENGTH_MAX);
    details = StorableText.of(details, TEXT_LENGTH_MAX);
  }

  /**
   * Returns an error of the server.
   *
   * @param key the error
   * @param details what happened in this case; may be empty
   * @return the error, without an exit code
   */
  public static TaskError of(ErrorKey key, String details) {
    return new TaskError(
        key.system(),
        key.phase(),
        key.category(),
        key.toString(),
        key.description(),
        key.kbArticleLink(),
        key.canUserFix(),
        details,
        null);
  }

  /**
   * Returns this error with the exit code of the connector's process.
   *
   * @param exitCode the exit code
   * @return an error with the same other values
   */
  public TaskError withBridgeExitCode(long exitCode) {
    return new TaskError(
        system,
        phase,
        category,
        descriptionKey,
        description,
        kbArticleLink,
        canUserFix,
        details,
        exitCode);
  }
}
