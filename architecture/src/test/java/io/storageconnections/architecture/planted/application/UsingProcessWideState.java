package io.storageconnections.architecture.planted.application;

final class UsingProcessWideState {

  int environment() {
    return System.getenv().size();
  }
}
