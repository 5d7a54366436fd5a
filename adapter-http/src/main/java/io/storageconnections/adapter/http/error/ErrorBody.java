package io.storageconnections.adapter.http.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.application.validation.Violation;
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
 * What every failed request is answered with, and the one place that knows the API's error codes,
 * messages and targets.
 *
 * <p>Source: create-storage-connection.txt (SEED); where it is silent, api-contract.md, section 4
 * (platform), sections 1.2 and 8 (operations); the rest is marked "ours".
 */
public record ErrorBody(Failure error) {

  private static final String CHANGE_UNKNOWN =
      "If the request was to change something, whether it did is not known. ";
  private static final String TRY_AGAIN = "Try again later.";

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Failure(String code, String message, @Nullable List<Detail> details) {}

  /**
   * One thing that is wrong.
   *
   * @param target the member it is wrong with, spelt as the API spells targets; null if it is not
   *     about one
   * @param pointer the place in the request's body, as a JSON Pointer (RFC 6901); null if it is not
   *     about one. Ours
   * @param reason what is wrong with malformed JSON; null if it is not about that. Ours, as are the
   *     next two
   * @param line where the malformed JSON is, counted from 1
   * @param column where in the line, counted from 1
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

  /** What a request is about, of which the codes of its failures tell. */
  public enum Resource {
    CONNECTION("StorageConnection"),
    SOURCE_FILE("StorageConnectionSourceFile"),
    AUTHORIZATION("AuthorizationInformation");

    private final String word;

    Resource(String word) {
      this.word = word;
    }
  }

  private static ErrorBody of(String code, String message) {
    return new ErrorBody(new Failure(code, message, null));
  }

  private static ErrorBody of(String code, String message, List<Detail> details) {
    return new ErrorBody(new Failure(code, message, List.copyOf(details)));
  }

  /** SEED, 401. */
  public static ErrorBody headerNotFound() {
    return of(
        "HeaderNotFound", "Header Authorization was not found in the request. Access denied.");
  }

  /** Platform: what the live service says of every bad token. */
  public static ErrorBody unauthorized() {
    return of(
        "Unauthorized",
        "Access denied due to invalid access_token. Make sure that issuer is correct, the token is"
            + " not expired and is not corrupted.");
  }

  /** SEED, 429. */
  public static ErrorBody tooManyRequests() {
    return of(
        "TooManyRequests", "More requests were received than the subscription rate-limit allows.");
  }

  /** SEED, 409; the details are ours. */
  public static ErrorBody filesAlreadyMapped(ViolationPaths shape, List<Conflict> conflicts) {
    return of(
        "FileMappingToTheIModelAlreadyExists",
        "One or more SourceFiles are already mapped to the iModel.",
        conflicts.stream().map(conflict -> detail(shape, conflict)).toList());
  }

  private static Detail detail(ViolationPaths shape, Conflict conflict) {
    var path = ViolationPaths.sourceFile(conflict.index()) + ".storageFileId";
    return new Detail(
        "FileMappingAlreadyExists",
        switch (conflict) {
          case HeldFile held ->
              "Storage file '%s' is already mapped to the iModel by connection %s, as source file '%s'. Remove it there, or leave it out of this request."
                  .formatted(held.file(), named(held.holder()), held.holder().sourceFile());
          case RepeatedFile repeated ->
              "Storage file '%s' is in this request already, as sourceFiles[%d]. Name it once."
                  .formatted(repeated.file(), repeated.firstIndex());
        },
        shape.pathInBody(path),
        shape.pointer(path));
  }

  private static String named(FileMappings.Holder holder) {
    var name = holder.displayName();
    return "'%s' (%s)"
        .formatted(
            holder.connection(), name == null ? "without displayName" : "'" + name.value() + "'");
  }

  /** SEED, 422: the one fault that stands alone. What is wrong and where is ours. */
  public static ErrorBody unreadable(Resource resource, String reason, int line, int column) {
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

  /** SEED, 422; of other resources section 1.2, by the pattern of their names. */
  public static ErrorBody invalid(
      Resource resource, ViolationPaths shape, List<Violation> violations) {
    return invalidWith(
        resource, violations.stream().map(violation -> detail(shape, violation)).toList());
  }

  /** Ours: the two ways of adding source files are two, so that nothing is passed over. */
  public static ErrorBody oneFileOrMany() {
    return invalidWith(
        Resource.SOURCE_FILE,
        List.of(
            new Detail(
                "InvalidValue",
                "Send either sourceFiles, or one file's storageFileId and connectorType.",
                "sourceFiles",
                "/sourceFiles")));
  }

  /** Section 8, recommendation 20. */
  public static ErrorBody limitReached(
      Resource resource, ViolationPaths shape, Limits.Excess excess) {
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
                      shape.pointer("iModelId"));
              case SOURCE_FILES -> {
                var path = shape == ViolationPaths.ONE_FILE ? "storageFileId" : "sourceFiles";
                yield new Detail(
                    "InvalidValue",
                    "An iModel may have at most %d source files; this one has %d, and the request adds %d."
                        .formatted(excess.limit(), excess.present(), excess.more()),
                    path,
                    shape.pointer(path));
              }
            }));
  }

  private static ErrorBody invalidWith(Resource resource, List<Detail> details) {
    return of("Invalid" + resource.word + "Request", "Cannot perform operation.", details);
  }

  private static Detail detail(ViolationPaths shape, Violation violation) {
    var member = violation.member();
    var target = target(member);
    var pointer = shape.pointer(violation.path());
    return switch (violation.kind()) {
      case MISSING -> new Detail("MissingRequiredProperty", missing(member), target, pointer);
      case EMPTY ->
          new Detail(
              "MissingRequiredProperty",
              "At least one input file must be included to create a ConnectionDefinition.",
              target,
              pointer);
      case INVALID -> new Detail("InvalidValue", invalid(member, target), target, pointer);
    };
  }

  /** The API names the bare member, and {@code iModelId} in a spelling of its own. */
  private static String target(String member) {
    return switch (member) {
      case "iModelId" -> "imodelId";
      case "skip", "top" -> "$" + member;
      default -> member;
    };
  }

  private static String missing(String member) {
    return member.equals("iModelId")
        ? "imodelId was not provided."
        : "A property required to create or update a connection is missing.";
  }

  private static String invalid(String member, String target) {
    return switch (member) {
      case "connectorType" -> mustBeOneOf(member, ConnectorType.values());
      // Section 8, recommendation 12.
      case "authenticationType" -> mustBeOneOf(member, AuthenticationType.values());
      // Ours.
      case "displayName" ->
          "displayName must be a string of at most "
              + DisplayName.LENGTH_MAX
              + " characters, without U+0000 and lone surrogates.";
      // Ours.
      case "sourceFiles" ->
          "sourceFiles must be an array of at most " + SourceFileRequest.FILES_MAX + " objects.";
      // Section 1.2, operation 15.
      case "redirectUrl" -> "redirectUrl should be a valid URL.";
      // Ours.
      case "skip" -> "$skip must be a whole number, 0 or more.";
      // Ours.
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

  /** Section 1.2, operations 3, 4 and 11. */
  public static ErrorBody notFound(Resource resource) {
    return of(resource.word + "NotFound", "Requested " + resource.word + " is not available.");
  }

  /** Section 8, recommendation 7: the code tells of one thing and the message of another. */
  public static ErrorBody connectionToAddToNotFound() {
    return of(
        Resource.SOURCE_FILE.word + "NotFound",
        "Requested " + Resource.CONNECTION.word + " is not available.");
  }

  /** Ours, for an {@code If-Match} or {@code If-None-Match} that is not met. */
  public static ErrorBody outdated(Resource resource, String etag) {
    return of(
        "PreconditionFailed",
        "The %s is not what the request's If-Match or If-None-Match asks for: its ETag is %s. Read it again, then decide."
            .formatted(resource.word, etag));
  }

  /** Ours, for operations of the API that are still to come. */
  public static ErrorBody notImplemented(String operation) {
    return of("NotImplemented", "Operation '" + operation + "' is not implemented.");
  }

  /** Ours, for a path that leads nowhere. */
  public static ErrorBody routeNotFound() {
    return of("NotFound", "Requested operation or resource is not found.");
  }

  /** Ours. */
  public static ErrorBody methodNotAllowed() {
    return of(
        "MethodNotAllowed", "The method is not allowed here. Header Allow names those that are.");
  }

  /** Platform (iModels API). */
  public static ErrorBody requestTooLarge() {
    return of("RequestTooLarge", "The request body is larger than this service accepts.");
  }

  /**
   * Ours, for a request that is not sound HTTP.
   *
   * @param reason the status in words, such as "URI Too Long"
   */
  public static ErrorBody refused(String reason) {
    return refused(reason, "The request was refused: " + reason + ".");
  }

  /**
   * As {@link #refused(String)}, with an explanation.
   *
   * @param explanation what is wrong, and what to do about it
   */
  public static ErrorBody refused(String reason, String explanation) {
    return of(reason.replace(" ", ""), explanation);
  }

  /** Ours. */
  public static ErrorBody internalServerError() {
    return of(
        "InternalServerError",
        "Something went wrong here. Name the x-correlation-id of this answer when you report it.");
  }

  /** Ours. Tells whose turn it is: the caller's to try again, or the operator's. */
  public static ErrorBody storeFailed(StoreException.Reason reason) {
    return switch (reason) {
      case UNREACHABLE ->
          storeUnavailable("The database does not answer. " + CHANGE_UNKNOWN + TRY_AGAIN);
      case DISK ->
          storeUnavailable(
              "The database cannot use its disk, which may be full. " + CHANGE_UNKNOWN + TRY_AGAIN);
      case READ_ONLY ->
          storeUnavailable("The database is read-only. Nothing was changed. " + TRY_AGAIN);
      case BUSY -> storeUnavailable("The database is too busy. Nothing was changed. " + TRY_AGAIN);
      case MISCONFIGURED ->
          of(
              "InternalServerError",
              "The database is not set up as this service needs it. Nothing was changed. The"
                  + " operator of the service finds in its log what to do. Name the"
                  + " x-correlation-id of this answer when you report it.");
      case DEFECT -> internalServerError();
    };
  }

  /** Ours: why the server cannot serve. */
  public static ErrorBody notReady(StoreException.Reason reason) {
    return storeUnavailable(storeFailed(reason).error().message());
  }

  private static ErrorBody storeUnavailable(String message) {
    return of("ServiceUnavailable", message);
  }

  /** Ours. */
  public static ErrorBody issuerUnavailable() {
    return of(
        "ServiceUnavailable",
        "The token cannot be checked, because its issuer's keys cannot be had. Try again later.");
  }

  /** Ours. */
  public static ErrorBody shuttingDown() {
    return of("ServiceUnavailable", "The service is not available now. Try again later.");
  }

  /** RFC 6749, section 5.2, in our envelope. */
  public static ErrorBody tokenRefused(String code, String message) {
    return of(code, message);
  }
}
