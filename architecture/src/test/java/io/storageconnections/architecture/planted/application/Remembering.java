package io.storageconnections.architecture.planted.application;

final class Remembering {

  static int count;
}
