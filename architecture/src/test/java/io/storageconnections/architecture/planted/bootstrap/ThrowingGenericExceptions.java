package io.storageconnections.architecture.planted.bootstrap;

final class ThrowingGenericExceptions {

  void throwable(boolean broken) throws Throwable {
    if (broken) {
      throw new Throwable("planted");
    }
  }

  void exception(boolean broken) throws Exception {
    if (broken) {
      throw new Exception("planted");
    }
  }

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
