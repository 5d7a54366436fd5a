package io.storageconnections.adapter.http.link;

import java.util.List;

/** The paths of the API's resources. */
public final class Paths {

  /** Every path of the API begins with this prefix; no other path does. */
  public static final String API = "/synchronization/";

  /** Every path of the iTwins, iModels and Storage APIs is one of these, or is below one. */
  public static final List<String> OTHER_APIS = List.of("/itwins", "/imodels", "/storage");

  /** The storage connections. */
  public static final String STORAGE_CONNECTIONS = API + "imodels/storageconnections";

  /** One storage connection. */
  public static final String STORAGE_CONNECTION = STORAGE_CONNECTIONS + "/{connectionId}";

  /** The connections of all kinds. This server implements one kind, the storage connections. */
  public static final String CONNECTIONS = API + "imodels/connections";

  /** The source files of a storage connection. */
  public static final String SOURCE_FILES = STORAGE_CONNECTION + "/sourcefiles";

  /** One source file. */
  public static final String SOURCE_FILE = SOURCE_FILES + "/{sourceFileId}";

  /** Starts a run of a storage connection. */
  public static final String START_RUN = STORAGE_CONNECTION + "/run";

  /** The runs of a storage connection. */
  public static final String RUNS = STORAGE_CONNECTION + "/runs";

  /** One run. */
  public static final String RUN = RUNS + "/{runId}";

  /** Cancels a run. */
  public static final String CANCEL_RUN = RUN + "/cancel";

  /** Starts a new run of the tasks of a run that did not succeed. */
  public static final String RETRY_RUN = RUN + "/retry";

  /** What a connector has printed during the last attempt at a task. */
  public static final String TASK_OUTPUT = RUN + "/tasks/{taskId}/output";

  /** The audit trail of an iModel, an addition of this project. */
  public static final String AUDIT = API + "imodels/{iModelId}/audit";

  /** The authorization information: whether runs may read files on behalf of the caller. */
  public static final String AUTHORIZATION_INFORMATION = CONNECTIONS + "/authorizationinformation";

  /** The page to which the authorization information links. */
  public static final String AUTHORIZATION_PAGE = API + "authorization";

  /** The connector types. */
  public static final String CONNECTOR_TYPES = API + "connectortypes";

  private Paths() {}
}
