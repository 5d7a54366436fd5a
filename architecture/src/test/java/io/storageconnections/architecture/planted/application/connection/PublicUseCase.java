package io.storageconnections.architecture.planted.application.connection;

public final class PublicUseCase implements CreateStorageConnection {}
