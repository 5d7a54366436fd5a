package io.storageconnections.platform.seed.yaml;

/** Says that a text is not YAML, or uses a part of YAML that is not supported. */
public final class YamlException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  YamlException(Position at, String problem) {
    super(problem);
    line = at.line();
    column = at.column();
  }

  /** {@return where the problem is} */
  public Position at() {
    return new Position(line, column);
  }
}
