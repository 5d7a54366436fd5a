package io.storageconnections.application.port;

/**
 * Says that a request inside a transaction of the host conflicted with another transaction, and
 * that only the host can resolve this: it rolls its transaction back at once, and repeats all of
 * it. H2 has already rolled back the victim of a deadlock; a host that continued would lose its
 * earlier changes and keep its later ones. The database chose this transaction as the victim of a
 * deadlock, could not serialize it, or refused a change because of a row that the transaction
 * cannot see.
 *
 * <p>Only a store that works inside a transaction of the host throws this exception. A store with
 * transactions of its own repeats them itself.
 */
public final class TransactionConflictException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param doing what the store was asked to do, such as "adding connection ..."
   * @param cause the failure of the database
   */
  public TransactionConflictException(String doing, Throwable cause) {
    super(
        doing + ": conflicts with another transaction; roll back, and repeat the transaction",
        cause);
  }
}
