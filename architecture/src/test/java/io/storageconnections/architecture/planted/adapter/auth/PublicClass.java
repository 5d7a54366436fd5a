package io.storageconnections.architecture.planted.adapter.auth;

public final class PublicClass {}
