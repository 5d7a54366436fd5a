package io.storageconnections.application.outcome;

/**
 * One error in a request.
 *
 * @param kind the kind of error
 * @param path the path of the wrong member: {@code iModelId}, {@code sourceFiles[2].connectorType}
 */
public record Violation(Kind kind, String path) {

  /** The kind of error. */
  public enum Kind {
    /** The member is required, and is absent or null. */
    MISSING,
    /** The member is a list that needs at least one entry, and is empty. */
    EMPTY,
    /** The member is present and does not meet its constraints. */
    INVALID
  }

  /** {@return the last name of the path, without index: {@code connectorType}} */
  public String member() {
    var name = path.substring(path.lastIndexOf('.') + 1);
    return name.endsWith("]") ? name.substring(0, name.indexOf('[')) : name;
  }
}
