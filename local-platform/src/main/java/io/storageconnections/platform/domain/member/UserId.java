package io.storageconnections.platform.domain.member;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/**
 * The id under which answers name a subject. Clients expect a GUID, which subjects need not be.
 *
 * @param value the subject itself if that is a GUID, else a GUID of version 3 made from it
 */
public record UserId(UUID value) {

  private static final int GUID_LENGTH = 36;

  /** Returns the id of a subject, which is always the same. */
  public static UserId of(String subject) {
    if (subject.length() == GUID_LENGTH) {
      try {
        return new UserId(UUID.fromString(subject));
      } catch (IllegalArgumentException notAGuid) {
        // The subject gets a GUID below.
      }
    }
    return new UserId(UUID.nameUUIDFromBytes(subject.getBytes(UTF_8)));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
