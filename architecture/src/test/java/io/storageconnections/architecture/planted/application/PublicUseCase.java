package io.storageconnections.architecture.planted.application;

public final class PublicUseCase {}
