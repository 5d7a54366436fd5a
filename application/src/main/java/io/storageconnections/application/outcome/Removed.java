package io.storageconnections.application.outcome;

/**
 * The value of a successful deletion: the connection or source file no longer exists, and its
 * Storage files can be mapped again.
 */
public record Removed() {}
