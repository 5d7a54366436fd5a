package io.storageconnections.adapter.http.request;

import io.javalin.http.Context;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The time that a client is willing to wait for an answer, from the header {@code Prefer: wait=…}
 * (RFC 7240, section 4.3). An addition of this project.
 */
public final class WaitPreference {

  /** The greatest time that the server applies. A client that wants to wait longer gets this. */
  public static final Duration TIME_MAX = Duration.ofSeconds(60);

  private static final Pattern SECONDS = Pattern.compile("[0-9]+");

  private WaitPreference() {}

  /** Returns the time that the server applies; empty if the request has no such preference. */
  public static Optional<Duration> of(Context ctx) {
    // As for lists, the server may compress the answer.
    ctx.header("Vary", Preference.VARY);
    return Preference.value(ctx, "wait")
        .filter(seconds -> SECONDS.matcher(seconds).matches())
        .map(seconds -> new BigInteger(seconds).min(BigInteger.valueOf(TIME_MAX.toSeconds())))
        .map(seconds -> Duration.ofSeconds(seconds.longValue()));
  }

  /** Adds the header {@code Preference-Applied} to an answer. */
  public static void addApplied(Context ctx, Duration applied) {
    ctx.header("Preference-Applied", "wait=" + applied.toSeconds());
  }
}
