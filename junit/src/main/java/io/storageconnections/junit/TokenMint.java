package io.storageconnections.junit;

/** Makes access tokens that the server of a test accepts. Thread-safe. */
@FunctionalInterface
public interface TokenMint {

  /**
   * A token, good for an hour.
   *
   * @param client who the server is to take the bearer for; not blank
   * @throws IllegalArgumentException if {@code client} is blank
   */
  String token(String client);
}
