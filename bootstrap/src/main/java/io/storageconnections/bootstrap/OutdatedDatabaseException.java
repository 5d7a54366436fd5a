package io.storageconnections.bootstrap;

/** Says that a server was told not to migrate a database that is too old for it. */
public final class OutdatedDatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Those that the database lacks, 1 or more. */
  private final int missing;

  OutdatedDatabaseException(int missing) {
    super("the database lacks " + missing + " migrations, and this server is not to run them");
    this.missing = missing;
  }

  /** {@return how many migrations the database lacks, 1 or more} */
  public int missing() {
    return missing;
  }
}
