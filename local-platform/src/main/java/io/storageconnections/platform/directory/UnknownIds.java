package io.storageconnections.platform.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.platform.application.port.IModelStore;
import io.storageconnections.platform.application.port.ITwinStore;
import java.time.Duration;

/**
 * Tells which iTwins and iModels have never existed here. A platform that accepts unknown ids asks
 * this for every connection, so the answers are kept for a short time. Thread-safe.
 */
public final class UnknownIds {

  /** Most requests concern the same few iTwins and iModels. */
  private static final int CACHED_MAX = 10_000;

  /** An id becomes known only if a seed brings it, because new ids are random. */
  private static final Duration UNKNOWN_FOR = Duration.ofSeconds(2);

  private final ITwinStore iTwins;
  private final IModelStore iModels;
  private final Cache<ITwinId, Boolean> unknownITwins = newCache();
  private final Cache<IModelId, Boolean> unknownIModels = newCache();

  /** Creates an object without answers. */
  public UnknownIds(ITwinStore iTwins, IModelStore iModels) {
    this.iTwins = iTwins;
    this.iModels = iModels;
  }

  private static <T> Cache<T, Boolean> newCache() {
    return Caffeine.newBuilder()
        .maximumSize(CACHED_MAX)
        .expireAfterWrite(UNKNOWN_FOR)
        .executor(Runnable::run)
        .build();
  }

  boolean contain(ITwinId id) {
    if (unknownITwins.getIfPresent(id) != null) {
      return true;
    }
    var isUnknown = !iTwins.isKnown(id);
    if (isUnknown) {
      unknownITwins.put(id, true);
    }
    return isUnknown;
  }

  boolean contain(IModelId id) {
    if (unknownIModels.getIfPresent(id) != null) {
      return true;
    }
    var isUnknown = !iModels.isKnown(id);
    if (isUnknown) {
      unknownIModels.put(id, true);
    }
    return isUnknown;
  }

  /** Forgets all answers. */
  public void forget() {
    unknownITwins.invalidateAll();
    unknownIModels.invalidateAll();
  }
}
