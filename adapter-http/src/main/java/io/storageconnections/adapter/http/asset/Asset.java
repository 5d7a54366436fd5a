package io.storageconnections.adapter.http.asset;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.storageconnections.adapter.http.response.ETag;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A file for browsers, which does not change while the server runs. The server loads it at the
 * first request and keeps it in memory. Thread-safe.
 */
public final class Asset implements Handler {

  private final String contentType;
  private final Map<String, String> headers;
  private final Supplier<byte[]> source;
  private volatile byte @Nullable [] content;

  /**
   * Creates an asset.
   *
   * @param headers more headers of each answer, such as {@code Content-Security-Policy}
   * @param source loads the content; concurrent first requests may call it more than once
   */
  public Asset(String contentType, Map<String, String> headers, Supplier<byte[]> source) {
    this.contentType = contentType;
    this.headers = Map.copyOf(headers);
    this.source = source;
  }

  @Override
  public void handle(Context ctx) {
    var bytes = content();
    // Caches may store the file but must revalidate it: another version of the server serves other
    // files at the same path.
    ctx.header("Cache-Control", "no-cache");
    ctx.header("Vary", "Accept-Encoding");
    ctx.header("X-Content-Type-Options", "nosniff");
    headers.forEach(ctx::header);
    ETag.ofContent(bytes).writeOrNotModified(ctx, contentType, bytes);
  }

  private byte[] content() {
    var current = content;
    if (current == null) {
      current = source.get();
      content = current;
    }
    return current;
  }
}
