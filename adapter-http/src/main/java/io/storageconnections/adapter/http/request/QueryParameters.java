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
 * What stands behind the question mark, read by name without judging it; names match in any case.
 * What is absent is null; what is there several times and not the same, cannot be decoded, or is no
 * number where one belongs, is null and noted. Not for use by several threads.
 *
 * <p>Read from the query itself, because Javalin leaves out what it cannot decode: a filter would
 * be lost with it.
 *
 * <p>Source: api-contract.md, section 1.1.
 */
public final class QueryParameters {

  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]+");

  private final List<Parameter> parameters;
  private final Set<String> mistyped = new HashSet<>();

  /**
   * One of them.
   *
   * @param value null if it cannot be decoded
   */
  private record Parameter(@Nullable String name, @Nullable String value) {}

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

  /** The members of the use case's query for which no value could be read. */
  public Set<String> mistyped() {
    return mistyped;
  }

  /**
   * A text.
   *
   * @param member what the use case calls it, in the spelling of the parameter but for its case
   */
  public @Nullable String text(String member) {
    return text(member, member);
  }

  /** As {@link #text(String)}, but an empty text is as good as none. */
  public @Nullable String textIfAny(String member) {
    var text = text(member);
    return text == null || text.isEmpty() ? null : text;
  }

  /**
   * A whole number. One that is beyond all numbers is the greatest or the least there is.
   *
   * @param member what the use case calls it; the parameter has a dollar sign before it
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
