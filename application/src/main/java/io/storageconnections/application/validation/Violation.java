package io.storageconnections.application.validation;

/**
 * One thing that is wrong with a request.
 *
 * @param kind in which way it is wrong
 * @param path the member it is wrong with, exactly: {@code iModelId}, {@code
 *     sourceFiles[2].connectorType}
 */
public record Violation(Kind kind, String path) {

  /** In which way a member is wrong. */
  public enum Kind {
    /** It is required and absent, or null. */
    MISSING,
    /** It is a list that needs an entry and has none. */
    EMPTY,
    /** It is there, and is not what it has to be. */
    INVALID
  }

  /** {@return the last name of the path, without index: {@code connectorType}} */
  public String member() {
    var name = path.substring(path.lastIndexOf('.') + 1);
    return name.endsWith("]") ? name.substring(0, name.indexOf('[')) : name;
  }
}
