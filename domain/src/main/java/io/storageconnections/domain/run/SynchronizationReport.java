package io.storageconnections.domain.run;

import io.storageconnections.domain.connection.StorableText;

/**
 * A connector's summary of what it found in a file. Texts are cut and cleaned as those of a {@link
 * TaskError}.
 *
 * @param suggestedAction what the user should do, such as {@code Warning}; may be empty
 * @param message a message for users; may be empty
 * @param totalErrors the number of errors, 0 or more
 * @param totalWarnings the number of warnings, 0 or more
 * @param totalOtherIssues the number of other issues, 0 or more
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection-run">Get
 *     Storage Connection Run</a>
 */
public record SynchronizationReport(
    String suggestedAction,
    String message,
    long totalErrors,
    long totalWarnings,
    long totalOtherIssues) {

  /**
   * Cuts and cleans the texts, and checks the numbers.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  public SynchronizationReport {
    suggestedAction = StorableText.of(suggestedAction, TaskError.TEXT_LENGTH_MAX);
    message = StorableText.of(message, TaskError.TEXT_LENGTH_MAX);
    if (totalErrors < 0 || totalWarnings < 0 || totalOtherIssues < 0) {
      throw new IllegalArgumentException("numbers of issues must not be negative");
    }
  }
}
