package io.storageconnections.architecture.planted.domain;

final class UsingProcessWideState {

  int property() {
    return System.getProperty("planted", "").length();
  }
}
