package io.storageconnections.architecture.planted.application.port;

/** Breaks no rule; an outbound port. */
public interface IModelDirectory {

  boolean access();
}
