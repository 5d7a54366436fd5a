package io.storageconnections.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.storageconnections.application.port.in.ConnectionRequest;
import io.storageconnections.application.validation.Violation;
import io.storageconnections.domain.connection.AuthenticationType;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.FileMappings;
import io.storageconnections.domain.connection.FileMappings.Conflict;
import io.storageconnections.domain.connection.FileMappings.HeldFile;
import io.storageconnections.domain.connection.FileMappings.RepeatedFile;
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
record ErrorBody(Failure error) {

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Failure(String code, String message, @Nullable List<Detail> details) {}

  /**
   * One thing that is wrong.
   *
   * @param target the member it is wrong with, spelt as the API spells targets; null if it is not
   *     about one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Detail(String code, String message, @Nullable String target) {}

  private static ErrorBody of(String code, String message) {
    return new ErrorBody(new Failure(code, message, null));
  }

  private static ErrorBody of(String code, String message, List<Detail> details) {
    return new ErrorBody(new Failure(code, message, List.copyOf(details)));
  }

  /** SEED, 401. */
  static ErrorBody headerNotFound() {
    return of(
        "HeaderNotFound", "Header Authorization was not found in the request. Access denied.");
  }

  /** Platform: what the live service says of every bad token. */
  static ErrorBody unauthorized() {
    return of(
        "Unauthorized",
        "Access denied due to invalid access_token. Make sure that issuer is correct, the token is"
            + " not expired and is not corrupted.");
  }

  /** SEED, 429. */
  static ErrorBody tooManyRequests() {
    return of(
        "TooManyRequests", "More requests were received than the subscription rate-limit allows.");
  }

  /** SEED, 409; the details are ours. */
  static ErrorBody filesAlreadyMapped(List<Conflict> conflicts) {
    return of(
        "FileMappingToTheIModelAlreadyExists",
        "One or more SourceFiles are already mapped to the iModel.",
        conflicts.stream().map(ErrorBody::detail).toList());
  }

  private static Detail detail(Conflict conflict) {
    return new Detail(
        "FileMappingAlreadyExists",
        switch (conflict) {
          case HeldFile held ->
              "Storage file '%s' is already mapped to the iModel by connection %s. Remove it from that connection, or leave it out of this request."
                  .formatted(held.file(), named(held.holder()));
          case RepeatedFile repeated ->
              "Storage file '%s' is in this request already, as sourceFiles[%d]. Name it once."
                  .formatted(repeated.file(), repeated.firstIndex());
        },
        "sourceFiles[" + conflict.index() + "].storageFileId");
  }

  private static String named(FileMappings.Holder holder) {
    var name = holder.displayName();
    return "'%s' (%s)"
        .formatted(
            holder.connection(), name == null ? "without displayName" : "'" + name.value() + "'");
  }

  /** SEED, 422: the one fault that stands alone. */
  static ErrorBody unreadableConnectionRequest() {
    return invalidConnectionRequestOf(
        List.of(new Detail("InvalidRequestBody", "Error parsing JSON, malformed JSON.", null)));
  }

  /** SEED, 422. */
  static ErrorBody invalidConnectionRequest(List<Violation> violations) {
    return invalidConnectionRequestOf(violations.stream().map(ErrorBody::detail).toList());
  }

  private static ErrorBody invalidConnectionRequestOf(List<Detail> details) {
    return of("InvalidStorageConnectionRequest", "Cannot perform operation.", details);
  }

  /** The API names the bare member, and {@code iModelId} in a spelling of its own. */
  private static Detail detail(Violation violation) {
    var member = violation.member();
    var target = member.equals("iModelId") ? "imodelId" : member;
    return switch (violation.kind()) {
      case MISSING -> new Detail("MissingRequiredProperty", missing(member), target);
      case EMPTY ->
          new Detail(
              "MissingRequiredProperty",
              "At least one input file must be included to create a ConnectionDefinition.",
              target);
      case INVALID -> new Detail("InvalidValue", invalid(member, target), target);
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
          "sourceFiles must be an array of at most "
              + ConnectionRequest.SOURCE_FILES_MAX
              + " objects.";
      default -> "Provided " + target + " value is not valid.";
    };
  }

  private static String mustBeOneOf(String member, Object[] values) {
    return Arrays.stream(values)
        .map(value -> "'" + value + "'")
        .collect(Collectors.joining(", ", member + " must be one of: ", "."));
  }

  /** Section 1.2, operation 3. */
  static ErrorBody connectionNotFound() {
    return of("StorageConnectionNotFound", "Requested StorageConnection is not available.");
  }

  /** Ours, for a path that leads nowhere. */
  static ErrorBody routeNotFound() {
    return of("NotFound", "Requested operation or resource is not found.");
  }

  /** Ours. */
  static ErrorBody methodNotAllowed() {
    return of(
        "MethodNotAllowed", "The method is not allowed here. Header Allow names those that are.");
  }

  /** Platform (iModels API). */
  static ErrorBody requestTooLarge() {
    return of("RequestTooLarge", "The request body is larger than this service accepts.");
  }

  /**
   * Ours, for a request that is not sound HTTP.
   *
   * @param reason the status in words, such as "URI Too Long"
   */
  static ErrorBody refused(String reason) {
    return of(reason.replace(" ", ""), "The request was refused: " + reason + ".");
  }

  /** Ours. */
  static ErrorBody internalServerError() {
    return of(
        "InternalServerError",
        "Something went wrong here. Name the x-correlation-id of this answer when you report it.");
  }

  /** Ours. */
  static ErrorBody storeUnavailable() {
    return of(
        "ServiceUnavailable",
        "The database does not answer. If the request was to change something, whether it did is"
            + " not known. Try again later.");
  }

  /** Ours. */
  static ErrorBody issuerUnavailable() {
    return of(
        "ServiceUnavailable",
        "The token cannot be checked, because its issuer's keys cannot be had. Try again later.");
  }

  /** Ours. */
  static ErrorBody shuttingDown() {
    return of("ServiceUnavailable", "The service is not available now. Try again later.");
  }

  /** RFC 6749, section 5.2, in our envelope. */
  static ErrorBody tokenRefused(String code, String message) {
    return of(code, message);
  }
}
