package io.storageconnections.bootstrap.architecture.planted.domain;

final class Remembering {

  static int count;
}
