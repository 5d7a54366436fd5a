package io.storageconnections.architecture.planted.domain;

public sealed class OpenAndSealed {

  public static non-sealed class Extended extends OpenAndSealed {}
}
