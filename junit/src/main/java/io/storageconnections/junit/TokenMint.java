package io.storageconnections.junit;

/** Makes access tokens that the server of a test accepts. Thread-safe. */
@FunctionalInterface
public interface TokenMint {

  /**
   * Makes a token.
   *
   * @param client who the server is to take the bearer for; not blank
   * @return the token, good for an hour, as it follows {@code Bearer} in a header
   * @throws IllegalArgumentException if {@code client} is blank
   */
  String token(String client);
}
