package io.storageconnections.adapter.http.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a request, by name, not validated. Names match in any case. The value of
 * an absent parameter is null. The value is also null, and the parameter is in {@link #mistyped},
 * if it cannot be decoded, is not a number where a number is expected, or if the parameter occurs
 * several times with different values. Not thread-safe.
 *
 * <p>This class parses the query itself, because Javalin ignores parameters that it cannot decode.
 * A list would then be returned without the filter that the caller asked for.
 */
public final class QueryParameters {

  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]+");

  private final List<Parameter> parameters;
  private final Set<String> mistyped = new HashSet<>();

  /**
   * A parameter.
   *
   * @param name null if it cannot be decoded
   * @param value null if it cannot be decoded; empty if there is no equals sign
   */
  private record Parameter(@Nullable String name, @Nullable String value) {}

  /** Parses the query of a request. */
  public QueryParameters(Context ctx) {
    var query = ctx.queryString();
    parameters =
        query == null
            ? List.of()
            : Arrays.stream(query.split("&", -1)).map(QueryParameters::parameter).toList();
  }

  private static Parameter parameter(String pair) {
    var parts = pair.split("=", 2);
    return new Parameter(
        UrlEncoding.decode(parts[0], UTF_8),
        parts.length < 2 ? "" : UrlEncoding.decode(parts[1], UTF_8));
  }

  /** Returns the members of the use case's query whose values could not be read so far. */
  public Set<String> mistyped() {
    return mistyped;
  }

  /** Returns whether the name of a parameter cannot be decoded. */
  public boolean hasUndecodableName() {
    return parameters.stream().anyMatch(parameter -> parameter.name() == null);
  }

  /**
   * Returns the value of a parameter.
   *
   * @param member the member of the use case's query, which has the same name as the parameter
   */
  public @Nullable String text(String member) {
    return text(member, member);
  }

  /** As {@link #text(String)}, but an empty value counts as absent. */
  public @Nullable String textUnlessEmpty(String member) {
    var text = text(member);
    return text == null || text.isEmpty() ? null : text;
  }

  /**
   * Returns the value of a parameter as a whole number. A number outside the range of {@code long}
   * becomes the greatest or the least {@code long}.
   *
   * @param member the member of the use case's query; the parameter's name has a dollar sign before
   *     it
   */
  public @Nullable Long number(String member) {
    var text = text("$" + member, member);
    if (text == null) {
      return null;
    }
    if (!WHOLE_NUMBER.matcher(text).matches()) {
      mistyped.add(member);
      return null;
    }
    return new BigInteger(text)
        .min(BigInteger.valueOf(Long.MAX_VALUE))
        .max(BigInteger.valueOf(Long.MIN_VALUE))
        .longValue();
  }

  private @Nullable String text(String name, String member) {
    var found = parameters.stream().filter(one -> name.equalsIgnoreCase(one.name())).toList();
    if (found.isEmpty()) {
      return null;
    }
    var value = found.getFirst().value();
    if (value == null || !found.stream().allMatch(one -> value.equals(one.value()))) {
      mistyped.add(member);
      return null;
    }
    return value;
  }
}
