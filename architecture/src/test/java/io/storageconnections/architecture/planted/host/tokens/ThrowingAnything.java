package io.storageconnections.architecture.planted.host.tokens;

final class ThrowingAnything {

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
