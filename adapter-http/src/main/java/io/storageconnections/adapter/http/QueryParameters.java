package io.storageconnections.adapter.http;

import io.javalin.http.Context;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the question mark, read by name without judging it; names match in any case.
 * What is absent is null; what is there several times and not the same, or is no number where one
 * belongs, is null and noted. Not for use by several threads.
 *
 * <p>Source: api-contract.md, section 1.1.
 */
final class QueryParameters {

  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]+");

  private final Context ctx;
  private final Set<String> mistyped = new HashSet<>();

  QueryParameters(Context ctx) {
    this.ctx = ctx;
  }

  /** The members of the use case's query for which no value could be read. */
  Set<String> mistyped() {
    return mistyped;
  }

  /**
   * A text.
   *
   * @param member what the use case calls it, in the spelling of the parameter but for its case
   */
  @Nullable String text(String member) {
    return text(member, member);
  }

  /** As {@link #text(String)}, but an empty text is as good as none. */
  @Nullable String textIfAny(String member) {
    var text = text(member);
    return text == null || text.isEmpty() ? null : text;
  }

  /**
   * A whole number. One that is beyond all numbers is the greatest or the least there is.
   *
   * @param member what the use case calls it; the parameter has a dollar sign before it
   */
  @Nullable Long number(String member) {
    var text = text("$" + member, member);
    if (text == null) {
      return null;
    }
    if (!WHOLE_NUMBER.matcher(text).matches()) {
      mistyped.add(member);
      return null;
    }
    // A longer text is far beyond, and costs more to read than it is worth.
    var number = new BigInteger(text.substring(0, Math.min(text.length(), 30)));
    return number
        .min(BigInteger.valueOf(Long.MAX_VALUE))
        .max(BigInteger.valueOf(Long.MIN_VALUE))
        .longValue();
  }

  private @Nullable String text(String name, String member) {
    var values = values(name);
    if (values.stream().distinct().count() > 1) {
      mistyped.add(member);
      return null;
    }
    return values.isEmpty() ? null : values.getFirst();
  }

  private List<String> values(String name) {
    var values = new ArrayList<String>();
    ctx.queryParamMap()
        .forEach((key, all) -> {
          if (key.equalsIgnoreCase(name)) {
            values.addAll(all);
          }
        });
    return values;
  }
}
