package io.storageconnections.platform.http.storage;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.error.ErrorBody;
import io.storageconnections.adapter.http.response.Json;
import java.util.Optional;

/**
 * The refusal of an upload whose headers do not describe a whole content. Clients of Azure Storage
 * can send a content in several requests, and would otherwise store only its last part.
 */
record UploadRefusal(int status, ErrorBody error) {

  /** Returns the refusal of a request, from its query and its headers; empty if it is accepted. */
  static Optional<UploadRefusal> of(Context ctx) {
    if (ctx.queryParamMap().containsKey("comp")) {
      return refusal(
          501,
          "Not Implemented",
          "The query parameter comp, which uploads a content in blocks, is not implemented. Upload"
              + " the content in one request.");
    }
    var blobType = ctx.header("x-ms-blob-type");
    if (blobType != null && !blobType.equalsIgnoreCase("BlockBlob")) {
      return refusal(
          400,
          "Bad Request",
          "The only x-ms-blob-type is BlockBlob. Upload the content in one request.");
    }
    if (ctx.header("Content-Range") != null) {
      return refusal(
          400,
          "Bad Request",
          "An upload cannot have a Content-Range. Upload the content in one request.");
    }
    var md5 = ctx.header("Content-MD5");
    if (md5 != null && !Md5CheckedStream.isMd5(md5)) {
      return refusal(400, "Bad Request", "Content-MD5 must be the base64 form of 16 bytes.");
    }
    if (ctx.header("Content-Length") == null && ctx.header("Transfer-Encoding") == null) {
      return refusal(
          411,
          "Length Required",
          "An upload needs a Content-Length, which is 0 for an empty content, or"
              + " Transfer-Encoding: chunked.");
    }
    return Optional.empty();
  }

  private static Optional<UploadRefusal> refusal(int status, String reason, String explanation) {
    return Optional.of(new UploadRefusal(status, ErrorBody.refused(reason, explanation)));
  }

  void write(Context ctx) {
    Json.write(ctx, status, error);
  }
}
