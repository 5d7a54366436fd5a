package io.storageconnections.architecture.planted.host.store;

final class ThrowingGenericExceptions {

  void runtimeException(boolean broken) {
    if (broken) {
      throw new RuntimeException("planted");
    }
  }

  void error(boolean broken) {
    if (broken) {
      throw new Error("planted");
    }
  }
}
