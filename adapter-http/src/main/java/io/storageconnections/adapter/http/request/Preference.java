package io.storageconnections.adapter.http.request;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;

/**
 * The members of each entry that a client wants in a list, from the header {@code Prefer: return=…}
 * (RFC 7240). The API documents the two values; the header {@code Preference-Applied} of the answer
 * is an addition of this project.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connections">The
 *     documented operation</a>
 */
public enum Preference {
  /** Only the members that identify the entry. The default. */
  MINIMAL,
  /** All members. */
  REPRESENTATION;

  /**
   * The request headers that an answer depends on: also {@code Accept-Encoding}, because the server
   * compresses lists.
   */
  static final String VARY = "Prefer, Accept-Encoding";

  /**
   * Reads the preference of a request, and adds {@code Preference-Applied} to the answer if the
   * request has one. Ignores other preferences.
   */
  public static Preference of(Context ctx) {
    ctx.header("Vary", VARY);
    var requested = requested(ctx);
    requested.ifPresent(preference ->
        ctx.header("Preference-Applied", "return=" + preference.name().toLowerCase(Locale.ROOT)));
    return requested.orElse(MINIMAL);
  }

  private static Optional<Preference> requested(Context ctx) {
    return value(ctx, "return")
        .flatMap(value ->
            Arrays.stream(values())
                .filter(known -> value.equalsIgnoreCase(known.name()))
                .findFirst());
  }

  /**
   * Returns the value of a preference, without quotes and white space; empty if the request does
   * not have the preference.
   *
   * @param name the name of the preference, in lower case
   */
  static Optional<String> value(Context ctx, String name) {
    // RFC 7240, section 2: the first one of several counts.
    return Collections.list(ctx.req().getHeaders("Prefer")).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(preference -> preference.split(";", 2)[0])
        .map(preference -> preference.replace("\"", "").replaceAll("\\s", ""))
        .filter(preference -> preference.toLowerCase(Locale.ROOT).startsWith(name + "="))
        .findFirst()
        .map(preference -> preference.substring(name.length() + 1));
  }
}
