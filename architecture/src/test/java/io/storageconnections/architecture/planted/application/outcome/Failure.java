package io.storageconnections.architecture.planted.application.outcome;

import io.storageconnections.architecture.planted.application.validation.Violation;

/** Breaks no rule; stores return it. */
public record Failure(Violation violation) {}
