package io.storageconnections.architecture.planted.application;

final class MutableStaticState {

  static int count;
}
