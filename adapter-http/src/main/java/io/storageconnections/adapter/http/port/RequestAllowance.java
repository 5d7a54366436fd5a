package io.storageconnections.adapter.http.port;

import io.storageconnections.application.port.RequestLease;
import io.storageconnections.application.port.StoreException;
import java.time.Duration;

/**
 * Counts the requests of each partition (a client or an address) for all nodes together. A node
 * leases several requests at a time, and leases again when it has used them. Safe for use by
 * several threads and several nodes.
 */
@FunctionalInterface
public interface RequestAllowance {

  /**
   * Leases requests of the current window of {@code partition}. A lease begins a new window if no
   * window is running. All leases of one window together grant at most {@code limit} requests.
   *
   * @param partition the name of the partition; any text
   * @param wanted the number of requests to lease, 0 or more; 0 only reads the state
   * @param limit the number of requests in a window, 1 or more; every node passes the same
   * @param window the length of a window, positive; every node passes the same
   * @return the lease, which may grant no request
   * @throws StoreException if the count cannot be read or changed; requests that were leased anyway
   *     are lost until the window ends
   */
  RequestLease lease(String partition, int wanted, int limit, Duration window);
}
