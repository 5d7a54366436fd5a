package io.storageconnections.adapter.platform.exchange;

import io.storageconnections.application.port.DirectoryException;
import io.storageconnections.application.port.DirectoryException.Reason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A complete answer of the platform: its status, and its body. Immutable. */
public final class PlatformAnswer {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String platform;
  private final int status;
  private final byte[] body;

  PlatformAnswer(String platform, int status, byte[] body) {
    this.platform = platform;
    this.status = status;
    this.body = body;
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  /**
   * Returns the object that the body contains under {@code name}.
   *
   * @throws DirectoryException if there is none
   */
  public JsonNode object(String name) {
    try {
      var object = JSON.readTree(body).path(name);
      if (object.isObject()) {
        return object;
      }
    } catch (JacksonException malformed) {
      // Without the cause, because its message may repeat parts of the body.
      throw unusable("a body that is not JSON");
    }
    throw unusable("a body without the object \"" + name + "\"");
  }

  /**
   * Returns the code of the error that the body describes, in the form {@code {"error": {"code":
   * …}}}; null if the body does not have this form.
   */
  public @Nullable String errorCode() {
    try {
      return JSON.readTree(body).path("error").path("code").stringValue(null);
    } catch (JacksonException malformed) {
      return null;
    }
  }

  /**
   * Returns an exception that says that this answer does not make sense.
   *
   * @param what what is wrong with it, worded to follow "answered 200 with"
   */
  public DirectoryException unusable(String what) {
    return new DirectoryException(
        Reason.UNAVAILABLE, platform + " answered " + status + " with " + what + ".", null, null);
  }

  /** Returns an exception that says that no answer with this status was expected. */
  public DirectoryException unexpected() {
    var redirect = status / 100 == 3 ? "; this server follows no redirects." : ".";
    return new DirectoryException(
        Reason.UNAVAILABLE, platform + " answered " + status + redirect, null, null);
  }
}
