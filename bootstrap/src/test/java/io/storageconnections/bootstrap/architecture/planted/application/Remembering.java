package io.storageconnections.bootstrap.architecture.planted.application;

final class Remembering {

  static int count;
}
