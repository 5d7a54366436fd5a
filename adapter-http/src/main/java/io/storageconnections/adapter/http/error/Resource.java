package io.storageconnections.adapter.http.error;

/** The resource of an operation. The codes of some errors contain its name. */
public enum Resource {
  CONNECTION("StorageConnection"),
  SOURCE_FILE("StorageConnectionSourceFile"),
  RUN("StorageConnectionRun"),
  RUN_TASK("StorageConnectionRunTask"),
  IMODEL("iModel"),
  AUDIT("AuditTrail"),
  SCRIPT("Script"),
  AUTHORIZATION("AuthorizationInformation");

  private final String apiName;

  Resource(String apiName) {
    this.apiName = apiName;
  }

  /** {@return the name as the API spells it} */
  @Override
  public String toString() {
    return apiName;
  }
}
