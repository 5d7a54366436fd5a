package io.storageconnections.adapter.http.development;

import io.storageconnections.adapter.http.error.ErrorBody.Detail;
import io.storageconnections.adapter.http.error.ScriptErrors;
import io.storageconnections.domain.connection.InvalidValueException;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.Script;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a script from the body of a request. Ignores unknown members. Not thread-safe.
 *
 * @param body the body
 * @param faults receives everything that is wrong with the body
 */
record ScriptReader(ObjectNode body, List<Detail> faults) {

  /** The longest time that an attempt with the script {@code slow} takes. */
  private static final long SECONDS_MAX = Duration.ofDays(1).toSeconds();

  private static final int TIMES_DEFAULT = 1;
  private static final String DO = "do";

  private enum Action {
    HANG,
    SLOW,
    FAIL,
    CRASH,
    PARTIAL,
    SUCCEED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns the script; empty if the body has faults. */
  Optional<Script> script() {
    var name = body.path(DO);
    var action =
        Arrays.stream(Action.values())
            .filter(known -> name.isString() && known.toString().equals(name.stringValue()))
            .findFirst();
    if (action.isEmpty()) {
      faults.add(ScriptErrors.notOneOf(DO, Action.values()));
      return Optional.empty();
    }
    return switch (action.get()) {
      case HANG -> Optional.of(new Script.Hang());
      case SLOW -> duration().map(Script.Slow::new);
      case FAIL -> failure();
      case CRASH -> wholeNumber("exitCode", Integer.MIN_VALUE).map(Script.Crash::new);
      case PARTIAL -> Optional.of(new Script.Partial());
      case SUCCEED -> Optional.of(new Script.Succeed());
    };
  }

  private Optional<Script> failure() {
    var times = isAbsent("times") ? Optional.of(TIMES_DEFAULT) : wholeNumber("times", 1);
    var error = error();
    return times.flatMap(number -> error.map(key -> new Script.Fail(number, key)));
  }

  private boolean isAbsent(String member) {
    var value = body.path(member);
    return value.isMissingNode() || value.isNull();
  }

  private Optional<ErrorKey> error() {
    return orFault(
        body.path("error").isString()
            ? parsed(body.path("error").stringValue(), ErrorKey::parse)
            : Optional.empty(),
        ScriptErrors.notOneOf("error", ErrorKey.values()));
  }

  private static <T> Optional<T> parsed(String text, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(text));
    } catch (InvalidValueException invalid) {
      return Optional.empty();
    }
  }

  private Optional<Duration> duration() {
    return orFault(
        number("seconds")
            .filter(seconds ->
                seconds.signum() >= 0 && seconds.compareTo(BigDecimal.valueOf(SECONDS_MAX)) <= 0)
            .map(seconds -> Duration.ofNanos(seconds.movePointRight(9).longValue())),
        ScriptErrors.notSeconds("seconds", SECONDS_MAX));
  }

  /** Returns a whole number from {@code min} to the greatest {@code int}. */
  private Optional<Integer> wholeNumber(String member, int min) {
    return orFault(
        number(member)
            .filter(number ->
                number.compareTo(BigDecimal.valueOf(min)) >= 0
                    && number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0)
            .filter(number -> number.stripTrailingZeros().scale() <= 0)
            .map(BigDecimal::intValueExact),
        ScriptErrors.notWholeNumber(member, min, Integer.MAX_VALUE));
  }

  private Optional<BigDecimal> number(String member) {
    // A number that is too large for a double has no decimal value.
    return body.path(member).decimalValueOpt();
  }

  private <T> Optional<T> orFault(Optional<T> value, Detail fault) {
    if (value.isEmpty()) {
      faults.add(fault);
    }
    return value;
  }
}
