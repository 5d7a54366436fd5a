package io.storageconnections.architecture.planted.bootstrap;

import java.util.logging.Logger;

final class LoggingWithJavaUtilLogging {

  void log() {
    Logger.getLogger("planted").info("planted");
  }
}
