package io.storageconnections.platform.application.validation;

import static java.util.Objects.requireNonNullElse;

import io.storageconnections.application.outcome.Violation;
import io.storageconnections.application.outcome.Violation.Kind;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.platform.application.outcome.Failure.Invalid;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.Order;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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

  /**
   * Parses the parameter {@code $orderBy}: the name of a property in any case, alone or followed by
   * {@code asc} or {@code desc}.
   *
   * @param text the parameter; null if it is absent
   * @param keys the properties, by their names in the API
   * @param otherwise the property of the order, ascending, if the parameter is absent or wrong
   */
  public <P> Order<P> order(@Nullable String text, Map<String, P> keys, P otherwise) {
    return requireNonNullElse(
        optional("$orderBy", text, given -> order(given, keys)), new Order<>(otherwise, false));
  }

  private static <P> Order<P> order(String text, Map<String, P> keys) {
    var words = text.strip().split(" +", -1);
    var direction = words.length == 1 ? "asc" : words[1].toLowerCase(Locale.ROOT);
    return keys.entrySet().stream()
        .filter(key -> words.length <= 2 && key.getKey().equalsIgnoreCase(words[0]))
        .filter(key -> direction.equals("asc") || direction.equals("desc"))
        .findFirst()
        .map(key -> new Order<>(key.getValue(), direction.equals("desc")))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "one of " + new TreeSet<>(keys.keySet()) + ", with asc or desc"));
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
