package io.storageconnections.adapter.http.response;

import io.javalin.http.Context;
import io.storageconnections.application.port.Precondition;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An entity tag (RFC 9110, section 8.8.3), and the evaluation of {@code If-None-Match} and {@code
 * If-Match} in requests. Immutable.
 *
 * @param text the value of the header, including the quotes
 */
public record ETag(String text) {

  private static final Pattern TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"");
  private static final Pattern REVISION = Pattern.compile("[1-9][0-9]{0,17}");
  private static final String ANY = "*";

  /** Replaces each tag while a header is checked; no header contains this character. */
  private static final String TAG_PLACEHOLDER = "\u0000";

  private static final int HASH_BYTES = 15;

  /** Returns the strong ETag of one resource: all answers with one revision have the same bytes. */
  public static ETag ofRevision(long revision) {
    return new ETag("\"" + revision + "\"");
  }

  /**
   * Returns the ETag of an answer without a revision, a hash of its body. The ETag is weak, because
   * the server may compress the answer, and because no request can change the resource under the
   * condition of this ETag.
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

  /** Writes 200 with {@code json}, or 304 if the request's {@code If-None-Match} has this ETag. */
  public void writeOrNotModified(Context ctx, byte[] json) {
    writeOrNotModified(ctx, Json.TYPE, json);
  }

  /** Writes 200 with {@code body}, or 304 if the request's {@code If-None-Match} has this ETag. */
  public void writeOrNotModified(Context ctx, String contentType, byte[] body) {
    ctx.header("ETag", text);
    if (matchesIfNoneMatch(ctx)) {
      Json.writeNothing(ctx, 304);
    } else {
      ctx.status(200).contentType(contentType).result(body);
    }
  }

  /**
   * Adds the header {@code ETag} to the answer to a change. Does not add it if the request's {@code
   * If-None-Match} is this ETag, because Javalin would then replace the answer by 304.
   */
  public void addTo(Context ctx) {
    if (!text.equals(ctx.header("If-None-Match"))) {
      ctx.header("ETag", text);
    }
  }

  /** Returns whether the request's {@code If-None-Match} has this ETag. */
  public boolean matchesIfNoneMatch(Context ctx) {
    // RFC 9110, section 13.1.2: If-None-Match uses the weak comparison.
    return tags(ctx, "If-None-Match")
        .anyMatch(tag -> tag.equals(ANY) || opaqueTag(tag).equals(opaqueTag(text)));
  }

  private static String opaqueTag(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }

  /**
   * Reads the precondition of a change from {@code If-Match}, or from {@code If-None-Match} if the
   * request has no {@code If-Match}. {@code If-Match} uses the strong comparison and {@code
   * If-None-Match} the weak one (RFC 9110, section 13.1). A tag that this server did not create
   * equals the tag of no resource. If the header is malformed, no resource meets the precondition,
   * so that a faulty client does not overwrite a resource.
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
          : Precondition.notIn(revisions(tags.stream().map(ETag::opaqueTag)));
    }
    return Precondition.NONE;
  }

  /**
   * Reads the precondition of an upload, as {@link #precondition} does, for a file that may not
   * have a content yet. Every upload meets {@code If-None-Match: *}: its URL names a new content,
   * which does not exist before, and clients of Azure send this header unless they mean to replace
   * one.
   *
   * @return tells whether the strong ETag of the resource meets the precondition; empty if the
   *     resource does not exist
   */
  public static Predicate<Optional<ETag>> uploadPrecondition(Context ctx) {
    if (ctx.header("If-Match") != null) {
      var accepted = tags(ctx, "If-Match").toList();
      return isMalformed(ctx, "If-Match")
          ? current -> false
          : current -> current.filter(tag -> tag.isIn(accepted)).isPresent();
    }
    if (ctx.header("If-None-Match") != null) {
      var refused = tags(ctx, "If-None-Match").map(ETag::opaqueTag).toList();
      return isMalformed(ctx, "If-None-Match")
          ? current -> false
          : current -> refused.contains(ANY) || current.filter(tag -> tag.isIn(refused)).isEmpty();
    }
    return current -> true;
  }

  private boolean isIn(List<String> tags) {
    return tags.contains(ANY) || tags.contains(text);
  }

  /** Returns whether a header is neither {@code *} nor a list of tags (RFC 9110, section 13.1). */
  private static boolean isMalformed(Context ctx, String header) {
    var elements =
        Collections.list(ctx.req().getHeaders(header)).stream()
            .map(value -> TAG.matcher(value).replaceAll(TAG_PLACEHOLDER))
            .flatMap(value -> Arrays.stream(value.split(",", -1)))
            .map(String::strip)
            .filter(element -> !element.isEmpty())
            .toList();
    return elements.isEmpty()
        || !(elements.equals(List.of(ANY)) || elements.stream().allMatch(TAG_PLACEHOLDER::equals));
  }

  private static Set<Long> revisions(Stream<String> tags) {
    return tags.map(tag -> tag.substring(1, tag.length() - 1))
        .filter(tag -> REVISION.matcher(tag).matches())
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
