package io.storageconnections.platform.http.error;

/** The kind of request that an answer is about. The code of an invalid request contains it. */
public enum RequestKind {
  ITWINS("iTwins"),
  IMODELS("iModels"),
  /** Files, also their changes: the API documents this code for both. */
  FILE("CreateFile"),
  /** Folders. */
  FOLDER("CreateFolder"),
  /** Lists of Storage, whose parameters are in the query or the path. */
  STORAGE("Storage");

  private final String text;

  RequestKind(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
