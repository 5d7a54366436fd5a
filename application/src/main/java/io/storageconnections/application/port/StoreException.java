package io.storageconnections.application.port;

import org.jspecify.annotations.Nullable;

/**
 * Says that a store could not answer. Whether a change took effect is unknown, unless the {@link
 * Reason} or the method that threw the exception says otherwise.
 */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  private final Reason reason;

  /** What the operator can do; null if the store has no advice. */
  private final @Nullable String advice;

  /** Why a store could not answer. */
  public enum Reason {
    /** The store cannot be reached, or the connection to it broke. Transient. */
    UNREACHABLE(true),
    /** The store has no capacity for another request now; it changed nothing. Transient. */
    BUSY(true),
    /** The store can only be read now; it changed nothing. Transient. */
    READ_ONLY(true),
    /** The store cannot write to its disk, which may be full. Transient. */
    DISK(true),
    /**
     * The store is not set up as the service needs it, for example because a right is missing; it
     * changed nothing. Permanent until the operator changes it.
     */
    MISCONFIGURED(false),
    /** The store refused a statement for a reason that only a defect explains. Permanent. */
    DEFECT(false);

    private final boolean isTransient;

    Reason(boolean isTransient) {
      this.isTransient = isTransient;
    }

    /** {@return whether the same request can succeed later although the operator does nothing} */
    public boolean isTransient() {
      return isTransient;
    }
  }

  /**
   * Creates an exception for a store that cannot be reached.
   *
   * @param doing what the store was asked to do, such as "adding connection ..."
   * @param cause the failure, which is kept so that it is wrapped once and logged once
   */
  public StoreException(String doing, Throwable cause) {
    super(doing, cause);
    this.reason = Reason.UNREACHABLE;
    this.advice = null;
  }

  /**
   * Creates an exception.
   *
   * @param reason why the store could not answer
   * @param doing what the store was asked to do, such as "adding connection ..."
   * @param advice what the problem is and what the operator does about it, in words for a log,
   *     without ids of the request; part of the message
   * @param cause the failure; null if the store itself found the problem
   */
  public StoreException(Reason reason, String doing, String advice, @Nullable Throwable cause) {
    super(doing + ": " + advice, cause);
    this.reason = reason;
    this.advice = advice;
  }

  /** {@return why the store could not answer} */
  public Reason reason() {
    return reason;
  }

  /** {@return what the problem is and what the operator does about it; null if not known} */
  public @Nullable String advice() {
    return advice;
  }
}
