package io.storageconnections.adapter.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.function.Consumer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How bodies are read and written. */
final class Json {

  /**
   * Of every answer with a body. Without a charset: official clients look for a type that begins
   * like this one, and JSON is UTF-8 anyway.
   */
  static final String TYPE = "application/json";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // JsonBody looks for them itself, to tell where they are.
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Where a request keeps what was answered. */
  private static final String ANSWER = Json.class.getName() + ".answer";

  private static final byte[] NOTHING = {};

  private Json() {}

  /**
   * Reads the request's body as a JSON object, whatever its content type says.
   *
   * @throws IOException as {@link BodyBytes#of} does
   */
  static JsonBody read(Context ctx) throws IOException {
    return JsonBody.read(BodyBytes.of(ctx), MAPPER);
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
