package io.storageconnections.adapter.http.response;

import io.javalin.http.Context;
import io.storageconnections.application.port.Precondition;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Entity tags (RFC 9110, section 8.8.3), and what clients say with them: give it to me if it is new
 * ({@code If-None-Match}), change it if it is what I know ({@code If-Match}).
 *
 * @param text as it stands in the header, quotes included
 */
public record ETag(String text) {

  private static final Pattern TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"");
  private static final Pattern REVISION = Pattern.compile("[1-9][0-9]{0,17}");
  private static final String ANY = "*";

  /** Stands for a tag; no header contains it. */
  private static final String SOME_TAG = "\u0000";

  private static final int HASH_BYTES = 15;

  /** Of one thing, whose answers of one revision are the same to the letter. */
  public static ETag ofRevision(long revision) {
    return new ETag("\"" + revision + "\"");
  }

  /**
   * Of what has no revision, by what it looks like; weak, because nobody can change it by that, and
   * because the same may travel compressed.
   */
  public static ETag ofContent(byte[] body) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(body);
      return new ETag(
          "W/\"" + Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, HASH_BYTES)) + "\"");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Answers with JSON, or that the client has it already. */
  public void answer(Context ctx, byte[] json) {
    answer(ctx, Json.TYPE, json);
  }

  /** Answers with {@code body}, or that the client has it already. */
  public void answer(Context ctx, String contentType, byte[] body) {
    ctx.header("ETag", text);
    if (isKnownTo(ctx)) {
      Json.writeNothing(ctx, 304);
    } else {
      ctx.status(200).contentType(contentType).result(body);
    }
  }

  /**
   * Says it in the answer to a change. Not if the client has just named it with {@code
   * If-None-Match}: Javalin would take that for the question whether it has changed, and answer
   * 304.
   */
  public void announce(Context ctx) {
    if (!text.equals(ctx.header("If-None-Match"))) {
      ctx.header("ETag", text);
    }
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
   * What {@code If-Match}, or else {@code If-None-Match}, asks of what is to be changed. The first
   * compares strongly and the second weakly, as the RFC says; a tag that is none of ours is one
   * that nothing has. A header that is malformed is a condition that nothing meets, so that a
   * client's slip does not overwrite anything.
   */
  public static Precondition precondition(Context ctx) {
    if (ctx.header("If-Match") != null) {
      var tags = tags(ctx, "If-Match").toList();
      if (isMalformed(ctx, "If-Match")) {
        return Precondition.in(Set.of());
      }
      return tags.contains(ANY) ? Precondition.NONE : Precondition.in(revisions(tags.stream()));
    }
    if (ctx.header("If-None-Match") != null) {
      var tags = tags(ctx, "If-None-Match").toList();
      if (isMalformed(ctx, "If-None-Match")) {
        return Precondition.in(Set.of());
      }
      return tags.contains(ANY)
          ? Precondition.in(Set.of())
          : Precondition.notIn(revisions(tags.stream().map(ETag::opaque)));
    }
    return Precondition.NONE;
  }

  /** Whether a header is neither {@code *} nor a list of tags (RFC 9110, section 13.1). */
  private static boolean isMalformed(Context ctx, String header) {
    var elements =
        Collections.list(ctx.req().getHeaders(header)).stream()
            .map(value -> TAG.matcher(value).replaceAll(SOME_TAG))
            .flatMap(value -> Arrays.stream(value.split(",", -1)))
            .map(String::strip)
            .filter(element -> !element.isEmpty())
            .toList();
    return elements.isEmpty()
        || !(elements.equals(List.of(ANY)) || elements.stream().allMatch(SOME_TAG::equals));
  }

  private static Set<Long> revisions(Stream<String> tags) {
    return tags.map(tag -> tag.substring(1, tag.length() - 1))
        .filter(bare -> REVISION.matcher(bare).matches())
        .map(Long::valueOf)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<String> tags(Context ctx, String header) {
    return Collections.list(ctx.req().getHeaders(header)).stream()
        .flatMap(value ->
            value.strip().equals(ANY)
                ? Stream.of(ANY)
                : TAG.matcher(value).results().map(MatchResult::group));
  }
}
