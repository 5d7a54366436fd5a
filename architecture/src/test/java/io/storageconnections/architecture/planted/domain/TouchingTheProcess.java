package io.storageconnections.architecture.planted.domain;

final class TouchingTheProcess {

  int property() {
    return System.getProperty("planted", "").length();
  }
}
