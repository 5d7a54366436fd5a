package io.storageconnections.platform.application.validation;

import io.storageconnections.application.outcome.Violation;
import io.storageconnections.application.outcome.Violation.Kind;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.platform.application.outcome.Failure.Invalid;
import io.storageconnections.platform.application.outcome.Outcome;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses the members of a request, and collects everything that is wrong with them, in the order in
 * which they are parsed. Not thread-safe.
 */
public final class Violations {

  private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,100}");

  private final Set<String> mistyped;
  private final List<Violation> found = new ArrayList<>();

  /**
   * Begins with a request.
   *
   * @param mistyped the members that have another JSON type than documented, which are null
   */
  public Violations(Set<String> mistyped) {
    this.mistyped = Set.copyOf(mistyped);
  }

  /** Parses a member that may be absent. Returns null if it is absent or wrong. */
  public <T> @Nullable T optional(String name, @Nullable String text, Function<String, T> parse) {
    if (mistyped.contains(name)) {
      add(Kind.INVALID, name);
      return null;
    }
    if (text == null) {
      return null;
    }
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException invalid) {
      add(Kind.INVALID, name);
      return null;
    }
  }

  /** Parses a required member. Returns null if it is absent or wrong. */
  public <T> @Nullable T required(String name, @Nullable String text, Function<String, T> parse) {
    if (text == null && !mistyped.contains(name)) {
      add(Kind.MISSING, name);
    }
    return optional(name, text, parse);
  }

  /**
   * Parses the position and size of a page.
   *
   * @return the page; null if a member is wrong
   */
  public @Nullable PageRequest page(@Nullable String skip, @Nullable String top) {
    var parsedSkip = optional("$skip", skip, text -> wholeNumber(text, 0));
    var parsedTop = optional("$top", top, text -> wholeNumber(text, 1));
    return isEmpty() ? PageRequest.of(parsedSkip, parsedTop) : null;
  }

  private static Long wholeNumber(String text, long min) {
    if (!WHOLE_NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException("a whole number");
    }
    var number = new BigInteger(text).min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
    if (number < min) {
      throw new IllegalArgumentException("at least " + min);
    }
    return number;
  }

  /** Adds a violation that no single member shows. */
  public void add(Kind kind, String path) {
    found.add(new Violation(kind, path));
  }

  /** Returns whether nothing is wrong so far. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** Returns the outcome of an operation with this request. */
  public <T> Outcome<T> failed() {
    return Outcome.failed(new Invalid(found));
  }
}
