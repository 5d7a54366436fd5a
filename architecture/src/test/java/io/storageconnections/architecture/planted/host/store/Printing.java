package io.storageconnections.architecture.planted.host.store;

final class Printing {

  void toOut() {
    System.out.println("planted");
  }

  void toErr() {
    System.err.println("planted");
  }
}
