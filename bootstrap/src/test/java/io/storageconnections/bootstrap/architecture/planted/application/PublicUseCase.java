package io.storageconnections.bootstrap.architecture.planted.application;

public final class PublicUseCase {}
