package io.storageconnections.domain.connection;

/**
 * On whose behalf the runs of a connection read its files. As text: {@code User} or {@code
 * Service}.
 *
 * <p>Source: create-storage-connection.txt, "Authentication Type".
 */
public enum AuthenticationType {
  /** The user who starts the run. What a connection has if nobody says otherwise. */
  USER("User"),
  /** The client application itself. */
  SERVICE("Service");

  private final String text;

  AuthenticationType(String text) {
    this.text = text;
  }

  /**
   * Reads the text form.
   *
   * @param text {@code User} or {@code Service}, case included
   * @return the type that {@code text} spells
   * @throws InvalidValueException if {@code text} is not the spelling of one of them, case included
   */
  public static AuthenticationType parse(String text) {
    return switch (text) {
      case "User" -> USER;
      case "Service" -> SERVICE;
      default -> throw new InvalidValueException("User or Service");
    };
  }

  /** {@return the text form, as {@link #parse} reads it} */
  @Override
  public String toString() {
    return text;
  }
}
