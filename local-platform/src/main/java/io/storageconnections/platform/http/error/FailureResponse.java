package io.storageconnections.platform.http.error;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.error.ErrorBody;
import io.storageconnections.adapter.http.error.ErrorBody.Detail;
import io.storageconnections.adapter.http.request.JsonBody.Malformed;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.application.outcome.Violation;
import io.storageconnections.platform.application.outcome.Failure;
import io.storageconnections.platform.application.outcome.Failure.ContentOutdated;
import io.storageconnections.platform.application.outcome.Failure.FileNotFound;
import io.storageconnections.platform.application.outcome.Failure.FolderNotFound;
import io.storageconnections.platform.application.outcome.Failure.Forbidden;
import io.storageconnections.platform.application.outcome.Failure.IModelExists;
import io.storageconnections.platform.application.outcome.Failure.IModelNotFound;
import io.storageconnections.platform.application.outcome.Failure.ITwinExists;
import io.storageconnections.platform.application.outcome.Failure.ITwinNotFound;
import io.storageconnections.platform.application.outcome.Failure.Invalid;
import io.storageconnections.platform.application.outcome.Failure.LastOwner;
import io.storageconnections.platform.application.outcome.Failure.MemberNotFound;
import io.storageconnections.platform.application.outcome.Failure.NothingUploaded;
import io.storageconnections.platform.application.outcome.Failure.UploadNotFound;
import io.storageconnections.platform.application.outcome.Failure.UserNotFound;
import io.storageconnections.platform.domain.member.Role;
import io.storageconnections.platform.domain.storage.ItemName;
import io.storageconnections.platform.domain.storage.StorageItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the failures of use cases as answers of the iTwins, iModels and Storage APIs. No other
 * class contains their codes and messages.
 *
 * @param kind the kind of the request
 * @param ofBody whether the members of the request are in its body; otherwise they are in its query
 */
public record FailureResponse(RequestKind kind, boolean ofBody) {

  /** Returns the failures of an operation whose request has a body. */
  public static FailureResponse ofBody(RequestKind kind) {
    return new FailureResponse(kind, true);
  }

  /** Returns the failures of an operation whose request has no body. */
  public static FailureResponse ofQuery(RequestKind kind) {
    return new FailureResponse(kind, false);
  }

  /** Writes the answer to a request that failed. */
  public void write(Context ctx, Failure failure) {
    switch (failure) {
      case Invalid(var violations) ->
          writeInvalid(ctx, violations.stream().map(this::detail).toList());
      case Forbidden refused -> Json.write(ctx, 403, ErrorBody.insufficientPermissions());
      case ITwinNotFound unknown ->
          write(
              ctx,
              404,
              kind == RequestKind.STORAGE ? "ItwinNotFound" : "iTwinNotFound",
              "Requested iTwin is not available.",
              null);
      case IModelNotFound unknown -> writeNotFound(ctx, "iModel");
      case MemberNotFound unknown -> writeNotFound(ctx, "Member");
      case UserNotFound unknown -> writeNotFound(ctx, "User");
      case FileNotFound unknown -> writeNotFound(ctx, "File");
      case FolderNotFound unknown -> writeNotFound(ctx, "Folder");
      case UploadNotFound removed ->
          write(
              ctx,
              404,
              "UploadNotFound",
              "The server has removed this upload, because it did not end in time. Ask for a new"
                  + " uploadUrl.",
              null);
      case ContentOutdated replaced ->
          write(
              ctx,
              412,
              "PreconditionFailed",
              "The file's content is not what the request's If-Match or If-None-Match asks for."
                  + " Nothing was changed. Download the file again, then decide.",
              null);
      case NothingUploaded incomplete ->
          write(
              ctx,
              409,
              "FileNotUploaded",
              "The file has no content yet. Upload it to the uploadUrl, then complete the file.",
              null);
      case ITwinExists taken ->
          write(
              ctx,
              409,
              "iTwinExists",
              "iTwin already exists.",
              List.of(
                  detail(
                      "InvalidValue",
                      "Another iTwin of the same creator and subClass has this number.",
                      "number",
                      "/number")));
      case IModelExists taken ->
          write(
              ctx,
              409,
              "iModelExists",
              "iModel with the same name already exists within the iTwin.",
              null);
      case LastOwner last ->
          write(
              ctx,
              409,
              "LastOwner",
              "An iTwin has at least one owner. Make another member an owner first.",
              null);
    }
  }

  /** Writes the answer to a request whose body is not a JSON object. */
  public void write(Context ctx, Malformed malformed) {
    writeInvalid(
        ctx,
        List.of(
            new Detail(
                "InvalidRequestBody",
                "Error parsing JSON, malformed JSON.",
                null,
                null,
                malformed.reason(),
                malformed.line(),
                malformed.column())));
  }

  /** Writes the answer to a request with a query parameter whose name cannot be decoded. */
  public void writeUndecodableName(Context ctx) {
    writeInvalid(
        ctx,
        List.of(
            detail(
                "InvalidValue", "The name of a query parameter cannot be decoded.", null, null)));
  }

  private void writeInvalid(Context ctx, List<Detail> details) {
    write(ctx, 422, "Invalid" + kind + "Request", "Cannot perform operation.", details);
  }

  private static void writeNotFound(Context ctx, String resource) {
    write(ctx, 404, resource + "NotFound", "Requested " + resource + " is not available.", null);
  }

  private Detail detail(Violation violation) {
    var path = violation.path();
    var pointer = ofBody ? "/" + path.replace('.', '/') : null;
    return switch (violation.kind()) {
      case MISSING, EMPTY ->
          detail("MissingRequiredProperty", "Required property is missing.", path, pointer);
      case INVALID -> detail("InvalidValue", invalidMessage(path), path, pointer);
    };
  }

  private String invalidMessage(String path) {
    return switch (kind) {
      case FILE, FOLDER ->
          switch (path) {
            case "displayName" ->
                "displayName must be a string of %s%s."
                    .formatted(
                        ItemName.RULE,
                        kind == RequestKind.FILE
                            ? "; names of executable files are not accepted"
                            : "");
            case "description" ->
                "description must be a string of at most %d characters."
                    .formatted(StorageItem.DESCRIPTION_LENGTH_MAX);
            default -> "Provided '" + path + "' value is not valid.";
          };
      case STORAGE, ITWINS, IMODELS ->
          "Provided '"
              + path
              + "' value is not valid."
              // Only this project documents the values of a role.
              + (path.equals("role") ? " It must be one of " + List.of(Role.values()) + "." : "");
    };
  }

  private static Detail detail(
      String code, String message, @Nullable String target, @Nullable String pointer) {
    return new Detail(code, message, target, pointer, null, null, null);
  }

  private static void write(
      Context ctx, int status, String code, String message, @Nullable List<Detail> details) {
    Json.write(ctx, status, new ErrorBody(new ErrorBody.Failure(code, message, details)));
  }
}
