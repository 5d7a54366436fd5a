package io.storageconnections.adapter.http.docs;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.storageconnections.adapter.http.response.ETag;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A file of the documentation, which does not change while the server runs. The server loads it at
 * the first request and keeps it in memory. Thread-safe.
 */
final class Asset implements Handler {

  private final String contentType;
  private final String policy;
  private final Supplier<byte[]> source;
  private volatile byte @Nullable [] content;

  /**
   * Creates an asset.
   *
   * @param policy the value of the header {@code Content-Security-Policy}
   * @param source loads the content; concurrent first requests may call it more than once
   */
  Asset(String contentType, String policy, Supplier<byte[]> source) {
    this.contentType = contentType;
    this.policy = policy;
    this.source = source;
  }

  @Override
  public void handle(Context ctx) {
    var bytes = content();
    // Caches may store the file but must revalidate it: another version of the server serves other
    // files at the same path.
    ctx.header("Cache-Control", "no-cache");
    ctx.header("Vary", "Accept-Encoding");
    ctx.header("Content-Security-Policy", policy);
    ctx.header("X-Content-Type-Options", "nosniff");
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
