package io.storageconnections.architecture.planted.stray;

final class OutsideTheHexagon {}
