package io.storageconnections.architecture.planted.bootstrap;

final class Printing {

  void toOut() {
    System.out.println("planted");
  }

  void toErr() {
    System.err.println("planted");
  }

  void stackTrace(IllegalStateException failure) {
    failure.printStackTrace();
  }
}
