package io.storageconnections.architecture.planted.host.other;

public record OtherAdapter() {}
