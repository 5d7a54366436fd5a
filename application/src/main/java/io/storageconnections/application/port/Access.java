package io.storageconnections.application.port;

/** What a caller may do with an iModel and its connections. Each constant includes those before. */
public enum Access {
  /** Nothing: the iModel does not exist for the caller. */
  NONE,
  /** Nothing, but the caller may know that the iModel exists. */
  DENIED,
  /** Read connections, source files and runs. */
  READ,
  /** Read, create, change and delete connections and source files; start and end runs. */
  CHANGE;

  /**
   * {@return whether the caller may do what {@code needed} allows}
   *
   * @param needed what the caller wants to do
   */
  public boolean includes(Access needed) {
    return compareTo(needed) >= 0;
  }
}
