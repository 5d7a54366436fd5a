package io.storageconnections.application.readiness;

import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.StoreException;

/** Checks whether requests can be served now. Safe to call concurrently. */
public interface CheckReadiness {

  /**
   * Returns the use case on the given dependencies.
   *
   * @param dependencies what the use case needs from outside
   * @return the use case
   */
  static CheckReadiness on(Dependencies dependencies) {
    return dependencies.store()::check;
  }

  /**
   * Returns if the store answers and can be written to.
   *
   * @throws StoreException if the store cannot answer or cannot be written to
   */
  void check();
}
