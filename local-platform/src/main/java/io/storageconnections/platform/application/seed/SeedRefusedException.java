package io.storageconnections.platform.application.seed;

/** Says why a seed cannot be used with a database, and what to do. */
public final class SeedRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SeedRefusedException(String message) {
    super(message);
  }
}
