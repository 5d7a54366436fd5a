package io.storageconnections.adapter.http;

import io.javalin.http.Context;
import io.storageconnections.application.port.Precondition;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Entity tags (RFC 9110, section 8.8.3), and what clients say with them: give it to me if it is new
 * ({@code If-None-Match}), change it if it is what I know ({@code If-Match}).
 *
 * @param text as it stands in the header, quotes included
 */
record ETag(String text) {

  private static final Pattern TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"");
  private static final Pattern REVISION = Pattern.compile("[1-9][0-9]{0,17}");
  private static final String ANY = "*";
  private static final int HASH_BYTES = 15;

  /** Of one thing, whose answers of one revision are the same to the letter. */
  static ETag ofRevision(long revision) {
    return new ETag("\"" + revision + "\"");
  }

  /**
   * Of what has no revision, by what it looks like; weak, because nobody can change it by that, and
   * because the same may travel compressed.
   */
  static ETag ofContent(byte[] body) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(body);
      return new ETag(
          "W/\"" + Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, HASH_BYTES)) + "\"");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Answers with JSON, or that the client has it already. */
  void answer(Context ctx, byte[] json) {
    answer(ctx, Json.TYPE, json);
  }

  /** Answers with {@code body}, or that the client has it already. */
  void answer(Context ctx, String contentType, byte[] body) {
    ctx.header("ETag", text);
    if (isKnownTo(ctx)) {
      Json.writeNothing(ctx, 304);
    } else {
      ctx.status(200).contentType(contentType).result(body);
    }
  }

  /** Answers that the thing is not what the client took it for: this is what it has become. */
  void refuse(Context ctx, ErrorBody.Resource resource) {
    Json.write(ctx.header("ETag", text), 412, ErrorBody.outdated(resource, this));
  }

  private boolean isKnownTo(Context ctx) {
    // Compared weakly, as the RFC says.
    return tags(ctx, "If-None-Match")
        .anyMatch(tag -> tag.equals(ANY) || opaque(tag).equals(opaque(text)));
  }

  private static String opaque(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }

  /**
   * What {@code If-Match} asks for. A tag that is weak, or none of ours, is one that nothing has.
   */
  static Precondition precondition(Context ctx) {
    if (ctx.header("If-Match") == null) {
      return Precondition.NONE;
    }
    var revisions = new HashSet<Long>();
    for (var tag : tags(ctx, "If-Match").toList()) {
      if (tag.equals(ANY)) {
        return Precondition.NONE;
      }
      var bare = tag.substring(1, tag.length() - 1);
      if (REVISION.matcher(bare).matches()) {
        revisions.add(Long.valueOf(bare));
      }
    }
    return new Precondition(revisions);
  }

  private static Stream<String> tags(Context ctx, String header) {
    return Collections.list(ctx.req().getHeaders(header)).stream()
        .flatMap(value ->
            value.strip().equals(ANY)
                ? Stream.of(ANY)
                : TAG.matcher(value).results().map(MatchResult::group));
  }
}
