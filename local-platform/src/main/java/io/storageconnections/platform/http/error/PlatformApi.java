package io.storageconnections.platform.http.error;

/** The kind of request that an answer is about. The code of an invalid request contains it. */
public enum PlatformApi {
  ITWINS("iTwins"),
  IMODELS("iModels");

  private final String text;

  PlatformApi(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
