package io.storageconnections.architecture.planted.domain;

final class GenericNames {

  static final class PlantedImpl {}

  static final class PlantedManager {}

  static final class PlantedHelper {}

  static final class PlantedUtil {}

  static final class PlantedUtils {}

  static final class PlantedDTO {}

  static final class PlantedDto {}

  static final class PlantedMapper {}

  static final class PlantedService {}
}
