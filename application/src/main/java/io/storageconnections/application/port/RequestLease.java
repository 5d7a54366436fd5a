package io.storageconnections.application.port;

import java.time.Duration;

/**
 * The requests that one node may serve from the quota of a partition (a client or an address),
 * which all nodes share. Requests that the node does not use are lost to the other nodes until the
 * window ends.
 *
 * @param granted the number of requests that the node may serve: what it asked for, or what was
 *     left; 0 or more
 * @param left the number of requests that are left for other leases in the window, 0 or more
 * @param ends the time until the window ends, measured from the call; an upper bound
 */
public record RequestLease(int granted, int left, Duration ends) {}
