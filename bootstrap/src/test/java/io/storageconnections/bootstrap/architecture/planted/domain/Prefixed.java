package io.storageconnections.bootstrap.architecture.planted.domain;

final class Prefixed {

  interface IPlanted {}

  interface IModelled {}
}
