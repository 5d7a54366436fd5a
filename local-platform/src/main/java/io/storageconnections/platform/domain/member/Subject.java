package io.storageconnections.platform.domain.member;

import io.storageconnections.platform.domain.text.ShortText;

/**
 * The subject of a token: a user, or a client that calls for no user. Subjects are compared
 * exactly.
 *
 * @param value 1 to 255 characters, not blank
 */
public record Subject(String value) {

  /**
   * Parses the text form.
   *
   * @throws IllegalArgumentException if {@code text} is blank, longer than 255 characters, or a
   *     database cannot store it
   */
  public static Subject parse(String text) {
    return new Subject(ShortText.parseName(text));
  }

  @Override
  public String toString() {
    return value;
  }
}
