package io.storageconnections.adapter.auth;

import io.storageconnections.adapter.auth.PublishedKeys.Skipped;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each key that is skipped once, not each time that the keys are read. Thread-safe. */
final class SkippedKeyLog {

  /** What one reading of the keys logs at most, and four times of which is remembered. */
  static final int LINES_MAX = 50;

  private static final Logger LOG = LoggerFactory.getLogger(SkippedKeyLog.class);

  private final IssuerUrl issuer;
  private final Set<Skipped> logged = new LinkedHashSet<>();
  private boolean wasEmpty;

  SkippedKeyLog(IssuerUrl issuer) {
    this.issuer = issuer;
  }

  /** Logs those of {@code keys} that were skipped and not logged yet. */
  synchronized void report(PublishedKeys keys) {
    keys.skipped().stream().distinct().limit(LINES_MAX).forEach(this::report);
    var isEmpty = keys.usable().isEmpty();
    if (isEmpty && !wasEmpty) {
      LOG.warn(
          "Issuer {} publishes no key that can be used, so that the server refuses every token",
          issuer);
    }
    wasEmpty = isEmpty;
  }

  private void report(Skipped key) {
    if (!logged.add(key)) {
      return;
    }
    if (logged.size() > LINES_MAX * 4) {
      logged.remove(logged.iterator().next());
    }
    LOG.warn("The server skips a key of issuer {}, kid {}: {}", issuer, key.id(), key.reason());
  }
}
