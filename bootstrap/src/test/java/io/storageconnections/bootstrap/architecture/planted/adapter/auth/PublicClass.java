package io.storageconnections.bootstrap.architecture.planted.adapter.auth;

public final class PublicClass {}
