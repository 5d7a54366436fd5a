package io.storageconnections.adapter.http.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.storageconnections.application.port.StoreException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer to a failed request, and the errors that any route may answer. {@link
 * ConnectionErrors} has those of the operations, and {@link ScriptErrors} those of scripts. Only
 * these classes contain the error codes, messages and targets of the API.
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

  static ErrorBody of(String code, String message) {
    return new ErrorBody(new Failure(code, message, null));
  }

  static ErrorBody of(String code, String message, List<Detail> details) {
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

  /** Own, 403: a web page of another machine may have sent a request to the operator's listener. */
  public static ErrorBody notForOtherHosts() {
    return refused("Forbidden", "This listener answers only requests to a loopback host.");
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

  /** Own, 503: the server is not ready or stops. It tells the reason only to its operator. */
  public static ErrorBody unavailable() {
    return of("ServiceUnavailable", "The service is not available now. Try again later.");
  }
}
