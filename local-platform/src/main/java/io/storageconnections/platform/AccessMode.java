package io.storageconnections.platform;

/** Who may do what on a local platform. */
public enum AccessMode {
  /** Every caller counts as an owner of every iTwin. For development on one machine. */
  OPEN,
  /** The members of an iTwin, and their roles, decide. */
  OWN
}
