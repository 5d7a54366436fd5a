package io.storageconnections.architecture.planted.application;

/** Stands for the use cases: breaks no rule, but not everybody may know it. */
public class UseCases {}
