package io.storageconnections.architecture.planted.application.validation;

/** Breaks no rule; use cases call it, the HTTP adapter must not. */
public record RequestValidator() {}
