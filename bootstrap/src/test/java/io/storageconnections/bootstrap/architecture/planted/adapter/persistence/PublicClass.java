package io.storageconnections.bootstrap.architecture.planted.adapter.persistence;

public final class PublicClass {}
