package io.storageconnections.platform.http.storage;

import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.RequestTimeoutResponse;
import io.storageconnections.adapter.http.RouteGroup;
import io.storageconnections.adapter.http.error.ErrorBody;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.request.BodyBytes;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.platform.application.outcome.Outcome.Failed;
import io.storageconnections.platform.application.outcome.Outcome.Success;
import io.storageconnections.platform.application.port.BlobStore.BlobStoreException;
import io.storageconnections.platform.application.port.BlobStore.TooLongException;
import io.storageconnections.platform.application.port.BlobStore.TooSlowException;
import io.storageconnections.platform.application.storage.ContentToken;
import io.storageconnections.platform.application.storage.ContentToken.Verb;
import io.storageconnections.platform.application.storage.ContentUrls;
import io.storageconnections.platform.application.storage.ContentUseCases;
import io.storageconnections.platform.application.storage.ContentUseCases.OpenDownload;
import io.storageconnections.platform.domain.storage.Content;
import io.storageconnections.platform.http.error.FailureResponse;
import io.storageconnections.platform.http.error.PlatformApi;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signed URLs of contents: upload and download. A request needs no bearer token, because its
 * URL is the permission.
 *
 * <p>A request with a valid URL does not count against the rate limit: the request that got the URL
 * counted, and clients that share an address may transfer many files. A request without a valid URL
 * counts, so that guesses are limited.
 */
public final class ContentRoutes implements RouteGroup {

  private static final Logger LOG = LoggerFactory.getLogger(ContentRoutes.class);

  private static final FailureResponse FAILURE = FailureResponse.ofQuery(PlatformApi.STORAGE);

  /** The size of the buffer of a download. */
  private static final int BUFFER_BYTES = 128 * 1024;

  private final ContentUseCases contents;
  private final ContentUrls urls;

  /** Creates the routes. */
  public ContentRoutes(ContentUseCases contents, ContentUrls urls) {
    this.contents = contents;
    this.urls = urls;
  }

  /** Answers a request with a valid URL. */
  @FunctionalInterface
  private interface Permitted {

    void answer(Context ctx, ContentToken token) throws IOException;
  }

  @Override
  public void mount(Routes routes, RequestPipeline pipeline) {
    var path = StorageLinks.CONTENT + "/{token}";
    routes.add(
        HandlerType.PUT,
        path,
        pipeline.unlimited(ctx -> ifPermitted(ctx, pipeline, Verb.UPLOAD, this::upload)));
    routes.getAndHead(
        path, pipeline.unlimited(ctx -> ifPermitted(ctx, pipeline, Verb.DOWNLOAD, this::download)));
  }

  private void ifPermitted(Context ctx, RequestPipeline pipeline, Verb verb, Permitted permitted)
      throws IOException {
    var token = urls.verify(ctx.pathParam("token"), verb);
    if (token.isEmpty()) {
      pipeline.answerAnonymous(ctx, new ForbiddenResponse());
      return;
    }
    try {
      permitted.answer(ctx, token.get());
    } catch (BlobStoreException failure) {
      LOG.error("The blob store failed while {}", failure.getMessage(), failure);
      writeFailure(ctx, failure);
    }
  }

  private static void writeFailure(Context ctx, BlobStoreException failure) {
    switch (failure.reason()) {
      case FULL ->
          Json.write(
              ctx,
              507,
              ErrorBody.refused(
                  "Insufficient Storage",
                  "The disk for files is full. Nothing was changed. Try again when the operator has"
                      + " freed space."));
      case MISSING -> Json.write(ctx, 500, ErrorBody.internalServerError());
      case FAILED ->
          Json.write(
              ctx.header("Retry-After", "5"),
              503,
              ErrorBody.refused(
                  "Service Unavailable",
                  "The disk for files cannot be used. Nothing was changed. Try again later."));
    }
  }

  private void upload(Context ctx, ContentToken token) throws IOException {
    BodyBytes.refuseCodings(ctx);
    if (ctx.req().getContentLengthLong() > contents.settings().uploadBytesMax()) {
      throw closing(ctx, new ContentTooLargeResponse());
    }
    try {
      switch (contents.upload(token, ctx.req().getInputStream())) {
        case Success(var content) -> {
          ctx.header("ETag", etag(content));
          Json.writeNothing(ctx, 201);
        }
        case Failed(var failure) -> FAILURE.write(ctx, failure);
      }
    } catch (TooLongException tooLong) {
      throw closing(ctx, new ContentTooLargeResponse());
    } catch (TooSlowException tooSlow) {
      throw closing(ctx, new RequestTimeoutResponse());
    }
  }

  /** The rest of the body is not read, so that the connection cannot serve another request. */
  private static HttpResponseException closing(Context ctx, HttpResponseException refusal) {
    ctx.header("Connection", "close");
    return refusal;
  }

  private void download(Context ctx, ContentToken token) throws IOException {
    switch (contents.download(token)) {
      case Success(var open) -> {
        try (var blob = open.blob()) {
          write(ctx, open, blob.channel());
        }
      }
      case Failed(var failure) -> FAILURE.write(ctx, failure);
    }
  }

  private static void write(Context ctx, OpenDownload open, FileChannel bytes) throws IOException {
    var content = open.download().content();
    var etag = etag(content);
    ctx.header("ETag", etag);
    ctx.header("Accept-Ranges", "bytes");
    ctx.header("X-Content-Type-Options", "nosniff");
    ctx.header("Cache-Control", "private");
    if (etag.equals(ctx.header("If-None-Match"))) {
      Json.writeNothing(ctx, 304);
      return;
    }
    var range = range(ctx, etag, content.size());
    if (range == null) {
      ctx.header("Content-Range", "bytes */" + content.size());
      Json.write(ctx, 416, ErrorBody.refused("Range Not Satisfiable"));
      return;
    }
    ctx.status(range.isWhole() ? 200 : 206);
    if (!range.isWhole()) {
      ctx.header("Content-Range", range.toString());
    }
    ctx.header("Content-Disposition", ContentDisposition.attachment(open.download().name()));
    ctx.contentType("application/octet-stream");
    ctx.res().setContentLengthLong(range.length());
    if (!ctx.method().equals(HandlerType.HEAD)) {
      transfer(ctx, bytes, range);
    }
  }

  /** A range of another version than the client has would be of no use to it. */
  private static @Nullable ByteRange range(Context ctx, String etag, long size) {
    var ifRange = ctx.header("If-Range");
    return ifRange == null || ifRange.equals(etag)
        ? ByteRange.of(ctx.header("Range"), size)
        : ByteRange.whole(size);
  }

  /**
   * Copies the bytes. If that fails, the answer stays shorter than its Content-Length, so that the
   * client notices: the server then closes the connection.
   */
  private static void transfer(Context ctx, FileChannel bytes, ByteRange range) {
    try {
      // Not the stream of Javalin, which would compress the bytes.
      var output = ctx.res().getOutputStream();
      var buffer = ByteBuffer.wrap(new byte[BUFFER_BYTES]);
      var position = range.first();
      for (var left = range.length(); left > 0; ) {
        buffer.clear().limit((int) Math.min(left, buffer.capacity()));
        var count = bytes.read(buffer, position);
        if (count < 0) {
          throw new EOFException("the blob is shorter than its registered size");
        }
        output.write(buffer.array(), 0, count);
        position += count;
        left -= count;
      }
    } catch (IOException failure) {
      LOG.debug("A download was cut off", failure);
    }
  }

  private static String etag(Content content) {
    return "\"" + content.sha256() + "\"";
  }
}
