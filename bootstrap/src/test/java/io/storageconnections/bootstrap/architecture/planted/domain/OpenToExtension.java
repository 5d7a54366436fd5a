package io.storageconnections.bootstrap.architecture.planted.domain;

public class OpenToExtension {}
