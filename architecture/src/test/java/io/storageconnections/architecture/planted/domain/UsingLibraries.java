package io.storageconnections.architecture.planted.domain;

import jakarta.validation.constraints.NotBlank;
import java.io.File;
import org.slf4j.LoggerFactory;

final class UsingLibraries {

  @NotBlank final String annotated = "";

  void log() {
    LoggerFactory.getLogger("planted").info("planted");
  }

  String file() {
    return new File("planted").getName();
  }
}
