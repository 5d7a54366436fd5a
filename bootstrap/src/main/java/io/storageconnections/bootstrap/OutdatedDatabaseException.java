package io.storageconnections.bootstrap;

/** The database lacks migrations, and the server was configured not to run them. */
public final class OutdatedDatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The number of missing migrations, 1 or more. */
  private final int missing;

  OutdatedDatabaseException(int missing) {
    super(
        "the database lacks "
            + missing
            + " migrations, and this server is configured not to run them");
    this.missing = missing;
  }

  /** {@return the number of migrations that the database lacks, 1 or more} */
  public int missing() {
    return missing;
  }
}
