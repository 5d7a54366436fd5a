package io.storageconnections.application.port;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says that another system, which knows the iModels or the Storage files, could not answer. The
 * operation changed nothing, because use cases ask before they change anything.
 */
public final class DirectoryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why the system could not answer. */
  private final Reason reason;

  /** When to ask again; null if the system did not say. */
  private final @Nullable Duration retryAfter;

  /** Why a system could not answer. */
  public enum Reason {
    /** The system cannot be reached, failed, or answered something that makes no sense. */
    UNAVAILABLE,
    /** The system does not accept the caller's token. */
    TOKEN_REFUSED,
    /** The caller has sent more requests than the system allows. */
    BUSY
  }

  /**
   * Creates an exception.
   *
   * @param reason why the system could not answer
   * @param message one or more sentences that name the system and the problem. Callers see the
   *     message, which contains no token
   * @param retryAfter when to ask again; null if the system did not say
   * @param cause the failure; null if the system answered
   */
  public DirectoryException(
      Reason reason, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(Objects.requireNonNull(message, "message"), cause);
    this.reason = Objects.requireNonNull(reason, "reason");
    this.retryAfter = retryAfter;
  }

  /** {@return why the system could not answer} */
  public Reason reason() {
    return reason;
  }

  /** {@return when to ask again; empty if the system did not say} */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** {@return the message, for callers} */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
