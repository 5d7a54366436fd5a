package io.storageconnections.architecture.planted.application.port;

/** Breaks no rule; a sealed interface is a value, so no adapter implements it. */
public sealed interface Verification {

  record Accepted() implements Verification {}
}
