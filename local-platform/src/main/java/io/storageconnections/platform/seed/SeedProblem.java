package io.storageconnections.platform.seed;

import io.storageconnections.platform.seed.yaml.Position;

/**
 * Something that is wrong with a seed.
 *
 * @param at where it is
 * @param path the member, such as {@code iTwins[0].iModels[1].name}; empty for the document
 * @param message what is wrong and what to do, without the path
 */
public record SeedProblem(Position at, String path, String message) {

  /** {@return the problem in one line, with its position first} */
  @Override
  public String toString() {
    return at + ": " + (path.isEmpty() ? "the file" : path) + " " + message;
  }
}
