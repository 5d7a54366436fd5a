package io.storageconnections.architecture.planted.bootstrap;

import java.util.logging.Logger;

final class LoggingWithTheJdk {

  void log() {
    Logger.getLogger("planted").info("planted");
  }
}
