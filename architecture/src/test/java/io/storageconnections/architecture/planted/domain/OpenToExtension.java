package io.storageconnections.architecture.planted.domain;

public class OpenToExtension {}
