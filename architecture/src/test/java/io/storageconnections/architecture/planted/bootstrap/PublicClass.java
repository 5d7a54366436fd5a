package io.storageconnections.architecture.planted.bootstrap;

public final class PublicClass {}
