package io.storageconnections.architecture.planted.domain;

final class Prefixed {

  interface IPlanted {}

  interface IModelled {}
}
