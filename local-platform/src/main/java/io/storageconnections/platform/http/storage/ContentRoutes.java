package io.storageconnections.platform.http.storage;

import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.RequestTimeoutResponse;
import io.storageconnections.adapter.http.RouteGroup;
import io.storageconnections.adapter.http.error.ErrorBody;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.request.BodyBytes;
import io.storageconnections.adapter.http.response.ETag;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.platform.application.outcome.Outcome.Failed;
import io.storageconnections.platform.application.outcome.Outcome.Success;
import io.storageconnections.platform.application.port.BlobStore.BlobStoreException;
import io.storageconnections.platform.application.port.BlobStore.BlobStoreException.Reason;
import io.storageconnections.platform.application.port.BlobStore.TooLongException;
import io.storageconnections.platform.application.port.BlobStore.TooSlowException;
import io.storageconnections.platform.application.port.StorageStore.Download;
import io.storageconnections.platform.application.storage.ContentToken;
import io.storageconnections.platform.application.storage.ContentToken.Verb;
import io.storageconnections.platform.application.storage.ContentUrls;
import io.storageconnections.platform.application.storage.ContentUseCases;
import io.storageconnections.platform.domain.storage.Content;
import io.storageconnections.platform.http.error.FailureResponse;
import io.storageconnections.platform.http.error.RequestKind;
import java.io.IOException;
import java.io.InputStream;
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

  private static final FailureResponse FAILURE = FailureResponse.ofQuery(RequestKind.STORAGE);

  private static final ErrorBody REFUSED_URL =
      ErrorBody.refused("Forbidden", "This URL is not valid or has expired. Ask for a new one.");

  /** The size of the buffer of a download. */
  private static final int BUFFER_BYTES = 128 * 1024;

  private final ContentUseCases contents;
  private final ContentUrls urls;
  private final BlobFailureLog failures = new BlobFailureLog();

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
      if (pipeline.admitsAnonymous(ctx)) {
        Json.write(ctx, 403, REFUSED_URL);
      }
      return;
    }
    try {
      permitted.answer(ctx, token.get());
    } catch (BlobStoreException failure) {
      failures.log(failure);
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
      case MISSING, DAMAGED -> Json.write(ctx, 500, ErrorBody.internalServerError());
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
    var refused = UploadRefusal.of(ctx);
    if (refused.isPresent()) {
      refused.get().write(closing(ctx));
      return;
    }
    if (ctx.req().getContentLengthLong() > contents.settings().uploadBytesMax()) {
      closing(ctx);
      throw new ContentTooLargeResponse();
    }
    try {
      // As Azure does: a precondition that is ignored overwrites what the client wants to keep.
      var condition = ETag.uploadPrecondition(ctx);
      switch (contents.upload(
          token, bytes(ctx), hash -> condition.test(hash.map(ContentRoutes::etag)))) {
        case Success(var content) -> {
          etag(content.sha256()).addTo(ctx);
          Json.writeNothing(ctx, 201);
        }
        case Failed(var failure) -> FAILURE.write(ctx, failure);
      }
    } catch (Md5CheckedStream.MismatchException damaged) {
      Json.write(
          ctx,
          400,
          ErrorBody.refused(
              "Bad Request",
              "The bytes have another MD5 than Content-MD5 says. Nothing was changed. Upload them"
                  + " again."));
    } catch (TooLongException tooLong) {
      closing(ctx);
      throw new ContentTooLargeResponse();
    } catch (TooSlowException tooSlow) {
      closing(ctx);
      throw new RequestTimeoutResponse();
    }
  }

  private static InputStream bytes(Context ctx) throws IOException {
    var bytes = ctx.req().getInputStream();
    var md5 = ctx.header("Content-MD5");
    return md5 == null ? bytes : Md5CheckedStream.of(bytes, md5);
  }

  /** The rest of the body is not read, so that the connection cannot serve another request. */
  private static Context closing(Context ctx) {
    return ctx.header("Connection", "close");
  }

  private void download(Context ctx, ContentToken token) throws IOException {
    switch (contents.download(token)) {
      case Success(var open) -> {
        try (var blob = open.blob()) {
          write(ctx, open.download(), blob.channel());
        }
      }
      case Failed(var failure) -> FAILURE.write(ctx, failure);
    }
  }

  private void write(Context ctx, Download download, FileChannel bytes) {
    var content = download.content();
    var etag = etag(content.sha256());
    if (etag.matchesIfNoneMatch(ctx)) {
      addVersion(ctx, etag);
      Json.writeNothing(ctx, 304);
      return;
    }
    var range = range(ctx, etag, content.size());
    if (range == null) {
      ctx.header("Content-Range", "bytes */" + content.size());
      Json.write(ctx, 416, ErrorBody.refused("Range Not Satisfiable"));
      return;
    }
    var buffer = new byte[BUFFER_BYTES];
    var sends = !ctx.method().equals(HandlerType.HEAD);
    if (sends) {
      // Before the headers, so that a disk that cannot be read has an answer of its own.
      read(content, bytes, range.first(), range.length(), buffer);
    }
    addVersion(ctx, etag);
    ctx.status(range.isWhole() ? 200 : 206);
    ctx.header("Accept-Ranges", "bytes");
    ctx.header("X-Content-Type-Options", "nosniff");
    if (!range.isWhole()) {
      ctx.header("Content-Range", range.toString());
    }
    ctx.header("Content-Disposition", ContentDisposition.attachment(download.name()));
    ctx.contentType("application/octet-stream");
    ctx.res().setContentLengthLong(range.length());
    if (sends) {
      transfer(ctx, content, bytes, range, buffer);
    }
  }

  private static void addVersion(Context ctx, ETag etag) {
    ctx.header("ETag", etag.text());
    ctx.header("Cache-Control", "private");
  }

  /** A range of another version than the client has would be of no use to it. */
  private static @Nullable ByteRange range(Context ctx, ETag etag, long size) {
    var ifRange = ctx.header("If-Range");
    return ifRange == null || ifRange.equals(etag.text())
        ? ByteRange.of(ctx.header("Range"), size)
        : ByteRange.whole(size);
  }

  /**
   * Copies the bytes, of which the first are in the buffer. If that fails, the answer stays shorter
   * than its Content-Length, so that the client notices: the server then closes the connection.
   */
  private void transfer(
      Context ctx, Content content, FileChannel bytes, ByteRange range, byte[] buffer) {
    try {
      // Not the stream of Javalin, which would compress the bytes.
      var output = ctx.res().getOutputStream();
      for (var sent = 0L; sent < range.length(); sent += buffer.length) {
        if (sent > 0) {
          read(content, bytes, range.first() + sent, range.length() - sent, buffer);
        }
        output.write(buffer, 0, (int) Math.min(range.length() - sent, buffer.length));
      }
    } catch (BlobStoreException failure) {
      failures.log(failure);
    } catch (IOException closed) {
      LOG.debug("A client closed the connection during a download", closed);
    }
  }

  /**
   * Fills the buffer, or reads to the end of the range.
   *
   * @param left the number of bytes to the end of the range
   * @throws BlobStoreException if the disk fails, or the blob is shorter than it was
   */
  private static void read(
      Content content, FileChannel bytes, long position, long left, byte[] buffer) {
    var doing = "reading blob " + content.id();
    var free = ByteBuffer.wrap(buffer, 0, (int) Math.min(left, buffer.length));
    try {
      while (free.hasRemaining()) {
        if (bytes.read(free, position + free.position()) < 0) {
          throw new BlobStoreException(Reason.DAMAGED, doing, null);
        }
      }
    } catch (IOException failure) {
      throw new BlobStoreException(Reason.FAILED, doing, failure);
    }
  }

  private static ETag etag(String sha256) {
    return new ETag("\"" + sha256 + "\"");
  }
}
