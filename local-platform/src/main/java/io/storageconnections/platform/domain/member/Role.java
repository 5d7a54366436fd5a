package io.storageconnections.platform.domain.member;

import io.storageconnections.platform.domain.text.ConstantName;
import java.util.Locale;

/** What a member of an iTwin may do. Each role includes those before it. */
public enum Role {
  /** Reads the iTwin and all in it. */
  READER,
  /** Changes iModels, Storage and connections. */
  WRITER,
  /** Changes the members, and the iTwin itself. */
  OWNER;

  /**
   * Parses the text form, which is the name in lower case.
   *
   * @throws IllegalArgumentException if no role has this name
   */
  public static Role parse(String text) {
    return ConstantName.parse(Role.class, text);
  }

  /** {@return whether a member with this role may do what {@code needed} may} */
  public boolean includes(Role needed) {
    return compareTo(needed) >= 0;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
