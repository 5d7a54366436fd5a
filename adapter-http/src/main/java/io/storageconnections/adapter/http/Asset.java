package io.storageconnections.adapter.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
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
  private volatile @Nullable Content content;

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
    var current = content();
    // Kept by whoever likes, and asked for again: another version of the server has others.
    ctx.header("Cache-Control", "no-cache");
    ctx.header("ETag", current.etag);
    if (isKnown(ctx.header("If-None-Match"), current.etag)) {
      ctx.status(304);
      ctx.res().setContentType(null);
      return;
    }
    ctx.header("Content-Security-Policy", policy);
    ctx.header("X-Content-Type-Options", "nosniff");
    ctx.contentType(contentType).result(current.bytes);
  }

  private static boolean isKnown(@Nullable String known, String etag) {
    return known != null
        && (known.strip().equals("*")
            || Arrays.stream(known.split(",", -1)).map(String::strip).anyMatch(etag::equals));
  }

  private Content content() {
    var current = content;
    if (current == null) {
      current = new Content(source.get());
      content = current;
    }
    return current;
  }

  private static final class Content {

    private final byte[] bytes;
    private final String etag;

    /** The ETag is a weak one, because the same may travel compressed. */
    Content(byte[] bytes) {
      this.bytes = bytes;
      this.etag = "W/\"" + HexFormat.of().formatHex(digest(bytes), 0, 8) + "\"";
    }

    private static byte[] digest(byte[] bytes) {
      try {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has it", e);
      }
    }
  }
}
