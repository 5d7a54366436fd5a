package io.storageconnections.bootstrap.architecture.planted.bootstrap.unmarked;

final class InAnUnmarkedPackage {}
