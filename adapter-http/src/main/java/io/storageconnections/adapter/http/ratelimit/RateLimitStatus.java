package io.storageconnections.adapter.http.ratelimit;

/**
 * The state of a partition's rate limit after a request.
 *
 * @param isAdmitted whether the request is within the limit
 * @param left the number of further requests in this window, as far as this node knows
 * @param nanosToReset the time until the next window begins, in nanoseconds
 */
public record RateLimitStatus(boolean isAdmitted, long left, long nanosToReset) {}
