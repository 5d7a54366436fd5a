package io.storageconnections.platform.seed;

import io.storageconnections.platform.seed.yaml.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects problems. Not thread-safe. */
final class SeedProblems {

  private final List<SeedProblem> found = new ArrayList<>();

  void add(Position at, String path, String message) {
    found.add(new SeedProblem(at, path, message));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Returns the problems in the order of the document. */
  List<SeedProblem> sorted() {
    return found.stream().sorted(Comparator.comparing(SeedProblem::at)).toList();
  }
}
