package io.storageconnections.architecture.planted.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

final class ReadingClocksAndDefaults {

  Instant instant() {
    return Instant.now();
  }

  LocalDate date() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  Clock clock() {
    return Clock.systemUTC();
  }

  Clock zonedClock() {
    return Clock.system(ZoneOffset.UTC);
  }

  Clock clockOfMillis() {
    return Clock.tickMillis(ZoneOffset.UTC);
  }

  Clock clockOfSeconds() {
    return Clock.tickSeconds(ZoneOffset.UTC);
  }

  Clock clockOfMinutes() {
    return Clock.tickMinutes(ZoneOffset.UTC);
  }

  UUID id() {
    return UUID.randomUUID();
  }

  Supplier<UUID> ids() {
    return UUID::randomUUID;
  }

  double fraction() {
    return Math.random();
  }

  Random chance() {
    return new Random();
  }

  Random chanceOfThread() {
    return ThreadLocalRandom.current();
  }

  long millis() {
    return System.currentTimeMillis();
  }

  long nanos() {
    return System.nanoTime();
  }

  Locale locale() {
    return Locale.getDefault();
  }

  TimeZone timeZone() {
    return TimeZone.getDefault();
  }

  ZoneId zone() {
    return ZoneId.systemDefault();
  }
}
