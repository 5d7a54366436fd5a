package io.storageconnections.architecture.planted.application.validation;

/** Breaks no rule; outcomes contain it. */
public record Violation() {}
