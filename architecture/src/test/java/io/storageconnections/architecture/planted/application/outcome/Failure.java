package io.storageconnections.architecture.planted.application.outcome;

/** Breaks no rule; stores return it. */
public record Failure(Violation violation) {}
