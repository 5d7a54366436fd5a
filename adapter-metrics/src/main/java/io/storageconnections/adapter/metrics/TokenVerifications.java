package io.storageconnections.adapter.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.storageconnections.application.port.IssuerUnavailableException;
import io.storageconnections.application.port.Verification;
import io.storageconnections.application.port.Verification.Accepted;
import io.storageconnections.application.port.Verification.Reason;
import io.storageconnections.application.port.Verification.Rejected;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The times of the verification of tokens, by outcome. Thread-safe. */
final class TokenVerifications {

  private final Timer accepted;
  private final Timer unavailable;
  private final Map<Reason, Timer> rejected = new EnumMap<>(Reason.class);

  TokenVerifications(MeterRegistry registry) {
    accepted = timer(registry, "accepted");
    unavailable = timer(registry, "unavailable");
    for (var reason : Reason.values()) {
      rejected.put(reason, timer(registry, reason.name().toLowerCase(Locale.ROOT)));
    }
  }

  private static Timer timer(MeterRegistry registry, String outcome) {
    return Timer.builder("storage.connections.token.verifications")
        .description("Verifications of bearer tokens")
        .tag("outcome", outcome)
        .register(registry);
  }

  Function<String, Verification> timing(Function<String, Verification> verifier) {
    return token -> {
      var start = System.nanoTime();
      try {
        var verification = verifier.apply(token);
        timerOf(verification).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        return verification;
      } catch (IssuerUnavailableException failure) {
        unavailable.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        throw failure;
      }
    };
  }

  private Timer timerOf(Verification verification) {
    return switch (verification) {
      case Accepted yes -> accepted;
      case Rejected(var reason) -> Objects.requireNonNull(rejected.get(reason));
    };
  }
}
