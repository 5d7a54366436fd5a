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
   * Reads the preference of a request, and adds {@code Preference-Applied} to the answer if the
   * request has one. Ignores other preferences.
   */
  public static Preference of(Context ctx) {
    // The answer also depends on Accept-Encoding, because the server compresses lists.
    ctx.header("Vary", "Prefer, Accept-Encoding");
    var requested = requested(ctx);
    requested.ifPresent(preference ->
        ctx.header("Preference-Applied", "return=" + preference.name().toLowerCase(Locale.ROOT)));
    return requested.orElse(MINIMAL);
  }

  private static Optional<Preference> requested(Context ctx) {
    // RFC 7240, section 2: the first one of several counts.
    return Collections.list(ctx.req().getHeaders("Prefer")).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(preference -> preference.split(";", 2)[0])
        .map(preference -> preference.replace("\"", "").replaceAll("\\s", ""))
        .filter(preference -> preference.toLowerCase(Locale.ROOT).startsWith("return="))
        .findFirst()
        .flatMap(preference ->
            Arrays.stream(values())
                .filter(known ->
                    preference.substring("return=".length()).equalsIgnoreCase(known.name()))
                .findFirst());
  }
}
