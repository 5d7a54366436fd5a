package io.storageconnections.adapter.http.response;

import io.javalin.http.Context;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.run.RunDetails;
import io.storageconnections.application.run.RunDetails.ForMissingConnector;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.StorageConnection;
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
import java.util.regex.Matcher;
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

  /** A revision, and after a full stop what no change of a caller concerns. */
  private static final Pattern REVISION = Pattern.compile("([1-9][0-9]{0,17})(\\..*)?");

  private static final String ANY = "*";

  /** Replaces each tag while a header is checked; no header contains this character. */
  private static final String TAG_PLACEHOLDER = "\u0000";

  private static final int HASH_BYTES = 15;

  /**
   * Returns the strong ETag of a connection: its revision and, after the first run, a full stop and
   * the last run. {@code If-Match} compares only the revision, so that a change does not fail
   * because a run was started.
   */
  public static ETag of(StorageConnection connection) {
    var lastRun = connection.lastRun();
    return strong(connection.revision() + (lastRun == null ? "" : "." + lastRun));
  }

  /**
   * Returns the strong ETag of a source file: its revision and, after a run has found a new name of
   * the file, a full stop and the number of these names. {@code If-Match} compares only the
   * revision.
   */
  public static ETag of(SourceFile file) {
    return strong(file.revision() + (file.nameRevision() == 0 ? "" : "." + file.nameRevision()));
  }

  /**
   * Returns the part of the strong ETag of a connection or a source file that {@code If-Match}
   * compares.
   */
  public static ETag ofRevision(long revision) {
    return strong(String.valueOf(revision));
  }

  private static ETag strong(String tag) {
    return new ETag("\"" + tag + "\"");
  }

  /**
   * Returns the ETag of a run: its revision and, if this node has no connector for the next task, a
   * full stop and the connector type, because other nodes may answer differently. Weak for the same
   * reasons as {@link #ofContent}.
   */
  public static ETag of(RunDetails details) {
    var missing =
        details.waitsFor().orElse(null) instanceof ForMissingConnector(var type) ? "." + type : "";
    return new ETag("W/\"" + details.run().revision() + missing + "\"");
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
   * equals the tag of no resource. Of a tag with a full stop, only the revision before it counts.
   * If the header is malformed, no resource meets the precondition, so that a faulty client does
   * not overwrite a resource.
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
        .map(REVISION::matcher)
        .filter(Matcher::matches)
        .map(tag -> Long.valueOf(tag.group(1)))
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
