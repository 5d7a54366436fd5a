package io.storageconnections.adapter.http.response;

import io.javalin.http.Context;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers as JSON. */
public final class Json {

  /**
   * The content type of every answer with a JSON body. It has no charset, because JSON is always
   * UTF-8.
   */
  public static final String TYPE = "application/json";

  private static final JsonMapper MAPPER = JsonMapper.shared();

  /** The attribute of a request in which this class keeps the last answer. */
  private static final String LAST_ANSWER = Json.class.getName() + ".answer";

  private static final byte[] NOTHING = {};

  private Json() {}

  /** Serializes a body. */
  public static byte[] bytes(Object body) {
    return MAPPER.writeValueAsBytes(body);
  }

  /** Writes the status and the body of an answer. */
  public static void write(Context ctx, int status, Object body) {
    write(ctx, status, bytes(body));
  }

  /** As {@link #write(Context, int, Object)}, with a body that is already serialized. */
  public static void write(Context ctx, int status, byte[] body) {
    answer(ctx, answered -> answered.status(status).contentType(TYPE).result(body));
  }

  /**
   * Writes the status of an answer without a body and without a content type. Official clients fail
   * if an answer without a body has a content type.
   */
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
    ctx.attribute(LAST_ANSWER, answer);
  }

  /**
   * Writes the last answer of a request again, if there is one. In an application that embeds the
   * API, Javalin calls the application's error handlers for some statuses, which may have replaced
   * the answer.
   */
  public static void restoreLastAnswer(Context ctx) {
    Consumer<Context> answer = ctx.attribute(LAST_ANSWER);
    if (answer != null) {
      answer.accept(ctx);
    }
  }
}
