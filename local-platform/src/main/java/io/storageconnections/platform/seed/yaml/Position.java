package io.storageconnections.platform.seed.yaml;

import java.util.Comparator;

/**
 * A position in a text.
 *
 * @param line 1 for the first line
 * @param column 1 for the first character (Unicode code point) of a line
 */
public record Position(int line, int column) implements Comparable<Position> {

  /** The beginning of a text. */
  public static final Position START = new Position(1, 1);

  private static final Comparator<Position> ORDER =
      Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }

  /** {@return both numbers, separated by a colon, as compilers and editors write them} */
  @Override
  public String toString() {
    return line + ":" + column;
  }
}
