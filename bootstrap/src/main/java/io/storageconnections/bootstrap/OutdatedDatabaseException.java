package io.storageconnections.bootstrap;

/** Says that a server was told not to migrate a database that is too old for it. */
final class OutdatedDatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OutdatedDatabaseException(int missing) {
    super(
        "the database lacks "
            + missing
            + " migrations, and STORAGE_CONNECTIONS_DATABASE_MIGRATE is false. Run the command"
            + " \"migrate\" with the settings of this one, then start again");
  }
}
