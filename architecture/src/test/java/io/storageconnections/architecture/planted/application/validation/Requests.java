package io.storageconnections.architecture.planted.application.validation;

/** Stands for who judges requests: breaks no rule, but not everybody may know it. */
public record Requests() {}
