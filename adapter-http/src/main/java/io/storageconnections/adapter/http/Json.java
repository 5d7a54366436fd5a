package io.storageconnections.adapter.http;

import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How bodies are read and written. */
final class Json {

  /**
   * Of every answer with a body. Without a charset: official clients look for a type that begins
   * like this one, and JSON is UTF-8 anyway.
   */
  static final String TYPE = "application/json";

  /** The longest body that is read. */
  static final int BODY_BYTES_MAX = 1024 * 1024;

  /** How much of a body that is too long is read on, only so that its sender gets to hear so. */
  private static final long DRAINED_BYTES_MAX = 32 * BODY_BYTES_MAX;

  private static final Logger LOG = LoggerFactory.getLogger(Json.class);

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Where a request keeps what was answered. */
  private static final String ANSWER = Json.class.getName() + ".answer";

  private static final byte[] NOTHING = {};

  private Json() {}

  /**
   * The JSON object that is the request's body, whatever its content type says; empty if there is
   * no body, or it is not UTF-8, not JSON, names a member twice, goes on after its end, or is no
   * object.
   *
   * @throws ContentTooLargeResponse if it is longer than {@link #BODY_BYTES_MAX}
   * @throws IOException if the client breaks off
   */
  static Optional<ObjectNode> read(Context ctx) throws IOException {
    var bytes = body(ctx);
    try {
      // Decoded here, because Jackson would guess other encodings and let broken UTF-8 pass.
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return MAPPER.readTree(text) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (CharacterCodingException | JacksonException unreadable) {
      return Optional.empty();
    }
  }

  private static byte[] body(Context ctx) throws IOException {
    // A client that asks before it sends need not send for nothing.
    if (ctx.header("Expect") != null && ctx.req().getContentLengthLong() > BODY_BYTES_MAX) {
      throw new ContentTooLargeResponse();
    }
    var in = ctx.bodyInputStream();
    var bytes = in.readNBytes(BODY_BYTES_MAX + 1);
    if (bytes.length > BODY_BYTES_MAX) {
      // Whoever is still sending when the connection is closed may never see the answer.
      LOG.debug("{} more bytes were sent", in.skip(DRAINED_BYTES_MAX));
      throw new ContentTooLargeResponse();
    }
    return bytes;
  }

  static byte[] bytes(Object body) {
    return MAPPER.writeValueAsBytes(body);
  }

  /** Answers with {@code body}, which ends what there is to say. */
  static void write(Context ctx, int status, Object body) {
    write(ctx, status, bytes(body));
  }

  /** As {@link #write(Context, int, Object)}, with a body that is JSON already. */
  static void write(Context ctx, int status, byte[] body) {
    answer(ctx, answered -> answered.status(status).contentType(TYPE).result(body));
  }

  /** Answers without a body, and so without the type of one, which official clients break on. */
  static void writeNothing(Context ctx, int status) {
    answer(
        ctx,
        answered -> {
          answered.status(status).result(NOTHING);
          answered.res().setContentType(null);
        });
  }

  private static void answer(Context ctx, Consumer<Context> answer) {
    answer.accept(ctx);
    ctx.attribute(ANSWER, answer);
  }

  /**
   * Answers as it was answered last, if it was. A host's Javalin lets handlers of the host say
   * something else wherever the status is one of theirs.
   */
  static void writeAgain(Context ctx) {
    Consumer<Context> answer = ctx.attribute(ANSWER);
    if (answer != null) {
      answer.accept(ctx);
    }
  }
}
