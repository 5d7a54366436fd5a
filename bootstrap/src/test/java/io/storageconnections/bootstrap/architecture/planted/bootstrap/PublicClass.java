package io.storageconnections.bootstrap.architecture.planted.bootstrap;

public final class PublicClass {}
