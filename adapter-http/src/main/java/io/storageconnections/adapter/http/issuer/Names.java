package io.storageconnections.adapter.http.issuer;

/**
 * Checks the names of clients and users.
 *
 * @param lengthMax the length of the longest name, in characters
 */
record Names(int lengthMax) {

  /**
   * Checks a name.
   *
   * @param subject the beginning of the description of an error
   * @throws OAuthException if the name is blank or too long, or contains a control character
   */
  String require(String name, OAuthError error, String subject) {
    if (name.isBlank()) {
      throw new OAuthException(error, subject + " must not be blank.");
    }
    if (name.length() > lengthMax) {
      throw new OAuthException(error, subject + " has at most " + lengthMax + " characters.");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new OAuthException(error, subject + " must not contain control characters.");
    }
    return name;
  }
}
