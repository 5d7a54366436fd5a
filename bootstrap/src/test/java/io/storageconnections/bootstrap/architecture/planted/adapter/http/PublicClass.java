package io.storageconnections.bootstrap.architecture.planted.adapter.http;

public final class PublicClass {}
