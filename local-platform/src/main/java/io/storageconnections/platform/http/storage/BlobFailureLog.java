package io.storageconnections.platform.http.storage;

import io.storageconnections.platform.application.port.BlobStore.BlobStoreException;
import io.storageconnections.platform.application.port.BlobStore.BlobStoreException.Reason;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs failures of the blob store. Each failure is one line. The first failure for each reason also
 * has a stack trace, because a full disk fails many uploads in the same way. Thread-safe.
 */
final class BlobFailureLog {

  private static final Logger LOG = LoggerFactory.getLogger(BlobFailureLog.class);

  private final Set<Reason> traced = ConcurrentHashMap.newKeySet();

  /** Logs one failure. */
  void log(BlobStoreException failure) {
    if (traced.add(failure.reason())) {
      LOG.error("The blob store failed while {}", failure.getMessage(), failure);
    } else {
      LOG.error("The blob store failed while {}{}", failure.getMessage(), cause(failure));
    }
  }

  private static String cause(BlobStoreException failure) {
    var cause = failure.getCause();
    return cause == null
        ? ""
        : " (" + String.valueOf(cause.getMessage()).lines().findFirst().orElse("") + ")";
  }
}
