package io.storageconnections.application.port.in;

import io.storageconnections.application.port.StoreException;

/** Tells whether requests can be served now. Safe to call concurrently. */
public interface CheckReadiness {

  /**
   * Asks the store, and returns if it answers and can be written to.
   *
   * @throws StoreException if the store cannot answer or be written to
   */
  void check();
}
