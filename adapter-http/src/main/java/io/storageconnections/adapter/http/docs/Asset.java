package io.storageconnections.adapter.http.docs;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.storageconnections.adapter.http.response.ETag;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something to read that is the same for everybody for as long as the server runs. It is fetched
 * when it is first asked for, and kept. Thread-safe.
 */
final class Asset implements Handler {

  private final String contentType;
  private final String policy;
  private final Supplier<byte[]> source;
  private volatile byte @Nullable [] content;

  /**
   * An asset.
   *
   * @param policy the Content-Security-Policy that a browser is told
   * @param source perhaps asked more than once
   */
  Asset(String contentType, String policy, Supplier<byte[]> source) {
    this.contentType = contentType;
    this.policy = policy;
    this.source = source;
  }

  @Override
  public void handle(Context ctx) {
    var bytes = content();
    // Kept by whoever likes, and asked for again: another version of the server has others.
    ctx.header("Cache-Control", "no-cache");
    ctx.header("Vary", "Accept-Encoding");
    ctx.header("Content-Security-Policy", policy);
    ctx.header("X-Content-Type-Options", "nosniff");
    ETag.ofContent(bytes).answer(ctx, contentType, bytes);
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
