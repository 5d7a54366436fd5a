package io.storageconnections.architecture.planted.adapter.http;

public final class PublicClass {}
