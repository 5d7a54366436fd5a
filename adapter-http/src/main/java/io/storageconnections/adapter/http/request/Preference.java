package io.storageconnections.adapter.http.request;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;

/**
 * How much of each entry a list shall tell, as {@code Prefer: return=…} says (RFC 7240).
 *
 * <p>Source: api-contract.md, sections 2 and 8 (recommendation 21).
 */
public enum Preference {
  /** What identifies it. What a client gets that does not say. */
  MINIMAL,
  /** All of it. */
  REPRESENTATION;

  /** What the client prefers; the answer says that it is heeded. Others are passed over. */
  public static Preference of(Context ctx) {
    // Lists may be compressed, too.
    ctx.header("Vary", "Prefer, Accept-Encoding");
    var told = told(ctx);
    told.ifPresent(preference ->
        ctx.header("Preference-Applied", "return=" + preference.name().toLowerCase(Locale.ROOT)));
    return told.orElse(MINIMAL);
  }

  private static Optional<Preference> told(Context ctx) {
    // The first counts, as the RFC says.
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
