package io.storageconnections.platform.seed;

import java.util.List;
import java.util.stream.Collectors;

/** Says everything that is wrong with a seed. */
public final class InvalidSeedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<SeedProblem> problems;

  InvalidSeedException(List<SeedProblem> problems) {
    super(problems.stream().map(SeedProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** {@return the problems in the order of the document; never empty} */
  public List<SeedProblem> problems() {
    return problems;
  }
}
