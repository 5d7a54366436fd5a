package io.storageconnections.adapter.http.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.storageconnections.application.outcome.Violation;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.StoreException;
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
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer to a failed request. Only this class contains the error codes, messages and
 * targets of the API.
 *
 * <p>The comments of the methods say where an error comes from. "Documented" means that the
 * documentation of an operation has the code and the message; {@code create-storage-connection} is
 * meant unless another operation is named. "Platform" means that the documentation of the
 * operations has no such error, but other APIs of the iTwin Platform answer so. "Own" means that
 * the documentation has no such error.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/create-storage-connection">The
 *     documented operation create-storage-connection</a>
 */
public record ErrorBody(Failure error) {

  private static final String CHANGE_UNKNOWN =
      "If the request was to change something, whether it did is not known. ";
  private static final String TRY_AGAIN = "Try again later.";

  /**
   * A failure.
   *
   * @param code the code, for programs
   * @param message the message, for people
   * @param details the details; null, and absent from the body, if there are none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Failure(String code, String message, @Nullable List<Detail> details) {}

  /**
   * One fault of a request. The documentation has {@code code}, {@code message} and {@code target};
   * the other members are additions of this project. A member that is null is absent from the body.
   *
   * @param target the faulty member or parameter, as the API spells targets; null if the fault
   *     concerns none
   * @param pointer the place of the fault in the request's body, as a JSON Pointer (RFC 6901); null
   *     if it is not in the body
   * @param reason what is malformed in a body that is not JSON; null for other faults
   * @param line the line of the malformed JSON, counted from 1; null for other faults
   * @param column the column in that line, in UTF-16 code units, counted from 1; null for other
   *     faults
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Detail(
      String code,
      String message,
      @Nullable String target,
      @Nullable String pointer,
      @Nullable String reason,
      @Nullable Integer line,
      @Nullable Integer column) {

    Detail(String code, String message, @Nullable String target, @Nullable String pointer) {
      this(code, message, target, pointer, null, null, null);
    }
  }

  /** The resource of an operation. The codes of some errors contain its name. */
  public enum Resource {
    CONNECTION("StorageConnection"),
    SOURCE_FILE("StorageConnectionSourceFile"),
    AUTHORIZATION("AuthorizationInformation");

    private final String apiName;

    Resource(String apiName) {
      this.apiName = apiName;
    }
  }

  private static ErrorBody of(String code, String message) {
    return new ErrorBody(new Failure(code, message, null));
  }

  private static ErrorBody of(String code, String message, List<Detail> details) {
    return new ErrorBody(new Failure(code, message, List.copyOf(details)));
  }

  /** Documented, 401: the request has no token. */
  public static ErrorBody headerNotFound() {
    return of(
        "HeaderNotFound", "Header Authorization was not found in the request. Access denied.");
  }

  /**
   * Platform, 401: the token is not valid, or an application that embeds the API knows no caller.
   * Answers to all invalid tokens are the same.
   */
  public static ErrorBody unauthorized() {
    return of(
        "Unauthorized",
        "Access denied due to invalid access_token. Make sure that issuer is correct, the token is"
            + " not expired and is not corrupted.");
  }

  /** Platform, 401: another system, which the message names, does not accept the token. */
  public static ErrorBody unauthorized(String message) {
    return of("Unauthorized", message);
  }

  /** Documented, 403. */
  public static ErrorBody insufficientPermissions() {
    return of(
        "InsufficientPermissions",
        "The user has insufficient permissions for the requested operation.");
  }

  /** Own, 403: a browser may send the request for a page of another origin, without consent. */
  public static ErrorBody crossOriginRequest() {
    return refused(
        "Forbidden",
        "A web page of another origin can send this request only with Content-Type"
            + " application/json, and only if this service allows the origin.");
  }

  /** Own, 403: a web page of another machine or origin may have sent the request. */
  public static ErrorBody notForDevelopment() {
    return refused(
        "Forbidden",
        "The development routes answer only requests to a loopback host or to the host of the"
            + " server's public URL, and none that a web page of another origin sends.");
  }

  /** Documented, 429. */
  public static ErrorBody tooManyRequests() {
    return of(
        "TooManyRequests", "More requests were received than the subscription rate-limit allows.");
  }

  /** As {@link #tooManyRequests()}: another system, which the message names, has its own limit. */
  public static ErrorBody tooManyRequests(String message) {
    return of("TooManyRequests", message);
  }

  /** Documented, 409. The details are an addition of this project. */
  public static ErrorBody filesAlreadyMapped(ViolationPaths paths, List<Conflict> conflicts) {
    return of(
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

  private static ErrorBody invalidWith(Resource resource, List<Detail> details) {
    return of("Invalid" + resource.apiName + "Request", "Cannot perform operation.", details);
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

  private static String mustBeOneOf(String member, Object[] values) {
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
    return of(
        resource.apiName + "NotFound", "Requested " + resource.apiName + " is not available.");
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
    return of(
        Resource.SOURCE_FILE.apiName + "NotFound",
        "Requested " + Resource.CONNECTION.apiName + " is not available.");
  }

  /** Own, 412: the resource does not meet {@code If-Match} or {@code If-None-Match}. */
  public static ErrorBody outdated(Resource resource, String etag) {
    return of(
        "PreconditionFailed",
        "The %s is not what the request's If-Match or If-None-Match asks for: its ETag is %s. Read it again, then decide."
            .formatted(resource.apiName, etag));
  }

  /** Own, 501: this server does not implement a documented operation yet. */
  public static ErrorBody notImplemented(String operation) {
    return of("NotImplemented", "Operation '" + operation + "' is not implemented.");
  }

  /** Own, 404: no route has the path of the request. */
  public static ErrorBody routeNotFound() {
    return of("NotFound", "Requested operation or resource is not found.");
  }

  /** Own, 404: the server cannot return to a seed. */
  public static ErrorBody noSeed() {
    return of("NotFound", "The server was started without a seed. Start it with --seed FILE.");
  }

  /** Own, 405. */
  public static ErrorBody methodNotAllowed() {
    return of(
        "MethodNotAllowed", "The method is not allowed here. Header Allow names those that are.");
  }

  /** Platform (iModels API), 413. */
  public static ErrorBody requestTooLarge() {
    return of("RequestTooLarge", "The request body is larger than this service accepts.");
  }

  /**
   * Own: the request violates HTTP, or uses a part of HTTP that this server does not support.
   *
   * @param reason the reason phrase of the status, such as "URI Too Long"
   */
  public static ErrorBody refused(String reason) {
    return refused(reason, "The request was refused: " + reason + ".");
  }

  /**
   * Own: as {@link #refused(String)}, with an explanation.
   *
   * @param reason the reason phrase of the status, such as "URI Too Long"
   * @param explanation the fault of the request, and what the caller can do about it
   */
  public static ErrorBody refused(String reason, String explanation) {
    return of(reason.replace(" ", ""), explanation);
  }

  /** Own, 500: the server has a defect. */
  public static ErrorBody internalServerError() {
    return of(
        "InternalServerError",
        "Something went wrong here. Name the x-correlation-id of this answer when you report it.");
  }

  /**
   * Own, 500 or 503: the store failed. The message says whether the caller or the operator can act.
   */
  public static ErrorBody storeFailed(StoreException.Reason reason) {
    return switch (reason) {
      case UNREACHABLE ->
          storeUnavailable("The database does not answer. " + CHANGE_UNKNOWN + TRY_AGAIN);
      case DISK ->
          storeUnavailable(
              "The service cannot use its disk, which may be full. " + CHANGE_UNKNOWN + TRY_AGAIN);
      case READ_ONLY ->
          storeUnavailable("The database is read-only. Nothing was changed. " + TRY_AGAIN);
      case BUSY -> storeUnavailable("The database is too busy. Nothing was changed. " + TRY_AGAIN);
      case MISCONFIGURED ->
          of(
              "InternalServerError",
              "The service is not set up completely. Nothing was changed. The"
                  + " operator of the service finds in its log what to do. Name the"
                  + " x-correlation-id of this answer when you report it.");
      case DEFECT -> internalServerError();
    };
  }

  /** Own, 503: the answer to a readiness check when the store fails. */
  public static ErrorBody notReady(StoreException.Reason reason) {
    return storeUnavailable(storeFailed(reason).error().message());
  }

  private static ErrorBody storeUnavailable(String message) {
    return of("ServiceUnavailable", message);
  }

  /** Own, 503: the server cannot read the keys of the token's issuer. */
  public static ErrorBody issuerUnavailable() {
    return of(
        "ServiceUnavailable",
        "The token cannot be checked, because its issuer's keys cannot be had. Try again later.");
  }

  /** Own, 503: another system, which the message names, cannot answer. */
  public static ErrorBody directoryUnavailable(String message) {
    return of("ServiceUnavailable", message + " Nothing was changed. " + TRY_AGAIN);
  }

  /** Own, 503: the server is stopping. */
  public static ErrorBody shuttingDown() {
    return of("ServiceUnavailable", "The service is not available now. Try again later.");
  }
}
