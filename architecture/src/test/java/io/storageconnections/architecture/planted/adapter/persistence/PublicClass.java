package io.storageconnections.architecture.planted.adapter.persistence;

public final class PublicClass {}
