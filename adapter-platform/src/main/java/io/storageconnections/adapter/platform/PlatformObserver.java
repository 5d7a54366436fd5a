package io.storageconnections.adapter.platform;

import io.storageconnections.application.port.DirectoryException;
import org.jspecify.annotations.Nullable;

/**
 * Is told the outcome of each request to an iTwin Platform, for a check of the server's health. An
 * answer that is used again is no request. Thread-safe.
 */
@FunctionalInterface
public interface PlatformObserver {

  /**
   * Is called when a request has ended, on the thread of the request. It returns quickly and throws
   * nothing.
   *
   * @param failure why the platform did not answer the question; null if it did
   */
  void asked(@Nullable DirectoryException failure);
}
