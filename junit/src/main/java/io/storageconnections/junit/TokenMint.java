package io.storageconnections.junit;

/** Makes access tokens that the server of a test accepts. Thread-safe. */
@FunctionalInterface
public interface TokenMint {

  /**
   * Makes a token.
   *
   * @param client the client that the server sees as the caller; not blank
   * @return the token, valid for one hour, without the word {@code Bearer}
   * @throws IllegalArgumentException if {@code client} is blank, longer than 255 characters, or
   *     contains a control character
   */
  String token(String client);
}
