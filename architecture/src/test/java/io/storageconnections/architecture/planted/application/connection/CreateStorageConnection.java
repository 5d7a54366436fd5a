package io.storageconnections.architecture.planted.application.connection;

/** Breaks no rule; an inbound port. */
public interface CreateStorageConnection {}
