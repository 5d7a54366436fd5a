package io.storageconnections.architecture.planted.application;

/** Breaks no rule; outer rings may use it. */
public final class UseCases {}
