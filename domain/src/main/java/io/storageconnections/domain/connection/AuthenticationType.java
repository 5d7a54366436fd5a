package io.storageconnections.domain.connection;

/**
 * The identity with which the runs of a connection read its files. The text form is {@code User} or
 * {@code Service}.
 *
 * <p>Source: the API's documentation calls it "a type used for defining authorization workflow for
 * this connection"; it is "one of 'User' or 'Service'", and the "default is user".
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/create-storage-connection">Create
 *     Storage Connection</a>
 */
public enum AuthenticationType {
  /** A run reads with the identity of the user who starts it. The default. */
  USER("User"),
  /** A run reads with the identity of the client application. */
  SERVICE("Service");

  private final String text;

  AuthenticationType(String text) {
    this.text = text;
  }

  /**
   * Parses the text form.
   *
   * @param text {@code User} or {@code Service}; case-sensitive
   * @return the type with this text form
   * @throws InvalidValueException if {@code text} is neither {@code User} nor {@code Service}
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
