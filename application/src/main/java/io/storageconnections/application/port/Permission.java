package io.storageconnections.application.port;

/**
 * A kind of operation that a service allows or forbids a caller, on all iModels alike. The {@link
 * IModelDirectory} decides about each iModel; an operation needs both.
 */
public enum Permission {
  /** Read connections, source files, runs and the audit trail. */
  READ,
  /** Create, change and delete connections and source files. */
  WRITE,
  /** Start, cancel and retry runs. */
  RUN
}
