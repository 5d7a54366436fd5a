package io.storageconnections.adapter.http.response;

import io.javalin.http.Context;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/** How bodies are read and written. */
public final class Json {

  /**
   * Of every answer with a body. Without a charset: official clients look for a type that begins
   * like this one, and JSON is UTF-8 anyway.
   */
  public static final String TYPE = "application/json";

  private static final JsonMapper MAPPER = JsonMapper.shared();

  /** Where a request keeps what was answered. */
  private static final String ANSWER = Json.class.getName() + ".answer";

  private static final byte[] NOTHING = {};

  private Json() {}

  public static byte[] bytes(Object body) {
    return MAPPER.writeValueAsBytes(body);
  }

  /** Answers with {@code body}, which ends what there is to say. */
  public static void write(Context ctx, int status, Object body) {
    write(ctx, status, bytes(body));
  }

  /** As {@link #write(Context, int, Object)}, with a body that is JSON already. */
  public static void write(Context ctx, int status, byte[] body) {
    answer(ctx, answered -> answered.status(status).contentType(TYPE).result(body));
  }

  /** Answers without a body, and so without the type of one, which official clients break on. */
  public static void writeNothing(Context ctx, int status) {
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
  public static void writeAgain(Context ctx) {
    Consumer<Context> answer = ctx.attribute(ANSWER);
    if (answer != null) {
      answer.accept(ctx);
    }
  }
}
