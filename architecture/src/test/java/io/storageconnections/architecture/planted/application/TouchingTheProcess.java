package io.storageconnections.architecture.planted.application;

final class TouchingTheProcess {

  int environment() {
    return System.getenv().size();
  }
}
