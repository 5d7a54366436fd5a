package io.storageconnections.architecture.planted.bootstrap.unmarked;

final class InAnUnmarkedPackage {}
