package io.storageconnections.architecture.planted.application.port;

public interface UnimplementedPort {}
