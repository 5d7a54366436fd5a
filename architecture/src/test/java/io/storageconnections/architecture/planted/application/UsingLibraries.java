package io.storageconnections.architecture.planted.application;

import java.io.File;
import org.slf4j.LoggerFactory;

final class UsingLibraries {

  void log() {
    LoggerFactory.getLogger("planted").info("planted");
  }

  String file() {
    return new File("planted").getName();
  }
}
