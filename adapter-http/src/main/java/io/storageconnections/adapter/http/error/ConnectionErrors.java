package io.storageconnections.adapter.http.error;

import io.storageconnections.adapter.http.error.ErrorBody.Detail;
import io.storageconnections.application.outcome.Violation;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.domain.connection.AuthenticationType;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.FileMappings;
import io.storageconnections.domain.connection.FileMappings.Conflict;
import io.storageconnections.domain.connection.FileMappings.HeldFile;
import io.storageconnections.domain.connection.FileMappings.RepeatedFile;
import io.storageconnections.domain.connection.Limits;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The errors of the operations on connections and source files. The comments of the methods say
 * where an error comes from, in the words that {@link ErrorBody} explains.
 */
public final class ConnectionErrors {

  private static final String RUN_REQUEST_IN_PROGRESS = "A run request is already being processed.";

  private ConnectionErrors() {}

  /** Documented, 409. The details are an addition of this project. */
  public static ErrorBody filesAlreadyMapped(ViolationPaths paths, List<Conflict> conflicts) {
    return ErrorBody.of(
        "FileMappingToTheIModelAlreadyExists",
        "One or more SourceFiles are already mapped to the iModel.",
        conflicts.stream().map(conflict -> detail(paths, conflict)).toList());
  }

  private static Detail detail(ViolationPaths paths, Conflict conflict) {
    var path = ViolationPaths.sourceFile(conflict.index()) + ".storageFileId";
    return new Detail(
        "FileMappingAlreadyExists",
        switch (conflict) {
          case HeldFile held ->
              "Storage file '%s' is already mapped to the iModel by connection %s, as source file '%s'. Remove it there, or leave it out of this request."
                  .formatted(held.file(), description(held.holder()), held.holder().sourceFile());
          case RepeatedFile repeated ->
              "Storage file '%s' is in this request already, as sourceFiles[%d]. Name it once."
                  .formatted(repeated.file(), repeated.firstIndex());
        },
        paths.pathInBody(path),
        paths.pointer(path));
  }

  private static String description(FileMappings.Holder holder) {
    var name = holder.displayName();
    return "'%s' (%s)"
        .formatted(
            holder.connection(), name == null ? "without displayName" : "'" + name.value() + "'");
  }

  /**
   * Documented, 422: the body is not a JSON object. It is the only detail, because the members of
   * such a body cannot be validated. {@code reason}, {@code line} and {@code column} are additions
   * of this project.
   */
  public static ErrorBody malformedJson(Resource resource, String reason, int line, int column) {
    return invalidWith(
        resource,
        List.of(
            new Detail(
                "InvalidRequestBody",
                "Error parsing JSON, malformed JSON.",
                null,
                null,
                reason,
                line,
                column)));
  }

  /**
   * Documented, 422. The documented code is {@code InvalidStorageConnectionRequest}; the codes for
   * other resources follow its pattern.
   */
  public static ErrorBody invalid(
      Resource resource, ViolationPaths paths, List<Violation> violations) {
    return invalidWith(
        resource, violations.stream().map(violation -> detail(paths, violation)).toList());
  }

  /** Documented, 422: the iModel does not exist for the caller. */
  public static ErrorBody unknownIModel(Resource resource, ViolationPaths paths) {
    return invalid(resource, paths, List.of(new Violation(Violation.Kind.INVALID, "iModelId")));
  }

  /**
   * Own, 422: the name of a query parameter cannot be decoded. It is the only detail, because the
   * server cannot know which parameter the caller means.
   */
  public static ErrorBody undecodableParameterName(Resource resource) {
    return invalidWith(
        resource,
        List.of(
            new Detail(
                "InvalidValue",
                "The name of a query parameter cannot be decoded. Encode it as UTF-8 with percent"
                    + " signs.",
                null,
                null)));
  }

  /**
   * Own, 422: a request to add source files has both a single file and a list of files. The server
   * refuses it, because it would otherwise ignore one of the two.
   */
  public static ErrorBody singleFileAndList() {
    return invalidWith(
        Resource.SOURCE_FILE,
        List.of(
            new Detail(
                "InvalidValue",
                "Send either sourceFiles, or one file's storageFileId and connectorType.",
                "sourceFiles",
                "/sourceFiles")));
  }

  /** Own, 422: the documentation has no error for the limits of an iModel. */
  public static ErrorBody limitReached(
      Resource resource, ViolationPaths paths, Limits.Excess excess) {
    return invalidWith(
        resource,
        List.of(
            switch (excess.subject()) {
              case CONNECTIONS ->
                  new Detail(
                      "InvalidValue",
                      "An iModel may have at most %d connections; this one has %d."
                          .formatted(excess.limit(), excess.present()),
                      "imodelId",
                      paths.pointer("iModelId"));
              case SOURCE_FILES -> {
                var path =
                    paths == ViolationPaths.SINGLE_SOURCE_FILE ? "storageFileId" : "sourceFiles";
                yield new Detail(
                    "InvalidValue",
                    "An iModel may have at most %d source files; this one has %d, and the request adds %d."
                        .formatted(excess.limit(), excess.present(), excess.more()),
                    path,
                    paths.pointer(path));
              }
            }));
  }

  static ErrorBody invalidWith(Resource resource, List<Detail> details) {
    return ErrorBody.of("Invalid" + resource + "Request", "Cannot perform operation.", details);
  }

  private static Detail detail(ViolationPaths paths, Violation violation) {
    var member = violation.member();
    var target = target(member);
    var pointer = paths.pointer(violation.path());
    return switch (violation.kind()) {
      case MISSING ->
          new Detail("MissingRequiredProperty", missingMessage(member), target, pointer);
      case EMPTY ->
          new Detail(
              "MissingRequiredProperty",
              "At least one input file must be included to create a ConnectionDefinition.",
              target,
              pointer);
      case INVALID -> new Detail("InvalidValue", invalidMessage(member, target), target, pointer);
    };
  }

  /**
   * Returns the documented target of a member: its name without the path. The documentation spells
   * the target of {@code iModelId} as {@code imodelId}.
   */
  private static String target(String member) {
    return switch (member) {
      case "iModelId" -> "imodelId";
      case "skip", "top" -> "$" + member;
      default -> member;
    };
  }

  private static String missingMessage(String member) {
    return member.equals("iModelId")
        ? "imodelId was not provided."
        : "A property required to create or update a connection is missing.";
  }

  private static String invalidMessage(String member, String target) {
    return switch (member) {
      case "connectorType" -> mustBeOneOf(member, ConnectorType.values());
      // Own, in the form of the documented message for connectorType.
      case "authenticationType" -> mustBeOneOf(member, AuthenticationType.values());
      // Own.
      case "displayName" ->
          "displayName must be a string of at most "
              + DisplayName.LENGTH_MAX
              + " characters, without U+0000 and lone surrogates.";
      // Own.
      case "sourceFiles" ->
          "sourceFiles must be an array of at most " + SourceFileRequest.FILES_MAX + " objects.";
      // Documented for get-authorization-information.
      case "redirectUrl" -> "redirectUrl should be a valid URL.";
      // Own.
      case "skip" -> "$skip must be a whole number, 0 or more.";
      // Own.
      case "top" ->
          "$top must be a whole number, 1 or more; more than %d counts as that."
              .formatted(PageRequest.TOP_MAX);
      default -> "Provided " + target + " value is not valid.";
    };
  }

  static String mustBeOneOf(String member, Object[] values) {
    return Arrays.stream(values)
        .map(value -> "'" + value + "'")
        .collect(Collectors.joining(", ", member + " must be one of: ", "."));
  }

  /**
   * Documented, 404.
   *
   * @see <a
   *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection">The
   *     documented operation get-storage-connection</a>
   * @see <a
   *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection-sourcefile">The
   *     documented operation get-storage-connection-sourcefile</a>
   */
  public static ErrorBody notFound(Resource resource) {
    return ErrorBody.of(resource + "NotFound", "Requested " + resource + " is not available.");
  }

  /**
   * Documented for add-storage-connection-sourcefile, 404. In the documentation, the code is the
   * one of a missing source file and the message is the one of a missing connection.
   *
   * @see <a
   *     href="https://developer.bentley.com/apis/synchronization/operations/add-storage-connection-sourcefile">The
   *     documented operation add-storage-connection-sourcefile</a>
   */
  public static ErrorBody connectionOfSourceFileNotFound() {
    return ErrorBody.of(
        Resource.SOURCE_FILE + "NotFound",
        "Requested " + Resource.CONNECTION + " is not available.");
  }

  /**
   * Documented for run-storage-connection, 409, without code and message: two requests start a run
   * at the same time. The code is that of other APIs of the iTwin Platform.
   *
   * @param run the URL of the run that the other request started
   * @see <a
   *     href="https://developer.bentley.com/apis/synchronization/operations/run-storage-connection">The
   *     documented operation run-storage-connection</a>
   */
  public static ErrorBody runStartedMeanwhile(String run) {
    return runInProgress(
        RUN_REQUEST_IN_PROGRESS,
        "Another request started run '%s' at the same time. Follow that run, or send this request again after it is completed."
            .formatted(run));
  }

  /**
   * Own, 409: a run cannot be retried while it is live.
   *
   * @param run the URL of the run
   */
  public static ErrorBody runNotCompleted(String run) {
    return runInProgress(
        RUN_REQUEST_IN_PROGRESS,
        "Run '%s' is not completed. Retry it after that; POST %s/cancel ends it now."
            .formatted(run, run));
  }

  /**
   * Platform, 409: a connection cannot be deleted while it has a live run. Code and message are
   * those of other APIs of the iTwin Platform.
   *
   * @param run the URL of the live run
   */
  public static ErrorBody connectionInUse(String run) {
    return runInProgress(
        "Connection is already being processed.",
        "Run '%s' is not completed. Delete the connection after that; POST %s/cancel ends the run now."
            .formatted(run, run));
  }

  private static ErrorBody runInProgress(String message, String detail) {
    return ErrorBody.of(
        "ConnectionAlreadyInUse",
        message,
        List.of(new Detail("RunInProgress", detail, null, null)));
  }

  /**
   * Own, 409: a run has no task that could be retried.
   *
   * @param run the URL of the run
   * @param runs the URL of the runs of its connection
   */
  public static ErrorBody nothingToRetry(String run, String runs) {
    return ErrorBody.of(
        "NothingToRetry",
        "Run '%s' has no task to retry: every task succeeded, or its file is no longer in the connection. POST %s starts a run of all files of the connection."
            .formatted(run, runs));
  }

  /**
   * Own, 422: a run of a connection without source files would do nothing.
   *
   * @param sourceFiles the URL of the source files of the connection
   */
  public static ErrorBody noSourceFiles(String sourceFiles) {
    return invalidWith(
        Resource.RUN,
        List.of(
            new Detail(
                "MissingRequiredProperty",
                "The connection has no source files. Add one first: POST %s."
                    .formatted(sourceFiles),
                "sourceFiles",
                null)));
  }

  /** Own, 412: the resource does not meet {@code If-Match} or {@code If-None-Match}. */
  public static ErrorBody outdated(Resource resource, String etag) {
    return ErrorBody.of(
        "PreconditionFailed",
        "The %s is not what the request's If-Match or If-None-Match asks for: its ETag is %s. Read it again, then decide."
            .formatted(resource, etag));
  }
}
