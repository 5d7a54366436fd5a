package io.storageconnections.architecture.planted.application.outcome;

/** Breaks no rule; outcomes contain it. */
public record Violation() {}
