package io.storageconnections.adapter.auth.issuer;

import io.storageconnections.adapter.auth.key.PublishedKeys;
import io.storageconnections.adapter.auth.key.PublishedKeys.SkippedKey;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each key that the server skips once, and not each time that it reads the keys. Thread-safe.
 */
public final class SkippedKeyLog {

  /** The number of lines that one reading of the keys logs at most. */
  public static final int LINES_MAX = 50;

  /** The number of logged keys that are remembered. */
  private static final int REMEMBERED_MAX = LINES_MAX * 4;

  private static final Logger LOG = LoggerFactory.getLogger(SkippedKeyLog.class);

  private final URI issuer;
  private final Set<SkippedKey> logged = new LinkedHashSet<>();
  private boolean wasEmpty;

  SkippedKeyLog(URI issuer) {
    this.issuer = issuer;
  }

  /** Logs the skipped ones of {@code keys} that were not logged yet. */
  synchronized void log(PublishedKeys keys) {
    keys.skipped().stream().distinct().limit(LINES_MAX).forEach(this::log);
    var isEmpty = keys.usable().isEmpty();
    if (isEmpty && !wasEmpty) {
      LOG.warn(
          "Issuer {} publishes no key that can be used, so that the server refuses every token",
          issuer);
    }
    wasEmpty = isEmpty;
  }

  private void log(SkippedKey key) {
    if (!logged.add(key)) {
      return;
    }
    if (logged.size() > REMEMBERED_MAX) {
      logged.remove(logged.iterator().next());
    }
    LOG.warn("The server skips a key of issuer {}, kid {}: {}", issuer, key.id(), key.reason());
  }
}
