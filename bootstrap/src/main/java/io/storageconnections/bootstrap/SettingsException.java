package io.storageconnections.bootstrap;

import java.util.List;

/** Says all that is wrong with what somebody asked for, for them to read. */
final class SettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SettingsException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
  }
}
