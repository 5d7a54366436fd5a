package io.storageconnections.architecture.planted.application.port.out;

public interface UnimplementedPort {}
