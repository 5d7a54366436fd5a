package io.storageconnections.bootstrap.architecture.planted.stray;

final class OutsideTheHexagon {}
