package io.storageconnections.adapter.platform.exchange;

import io.storageconnections.application.port.DirectoryException;
import io.storageconnections.application.port.DirectoryException.Reason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A complete answer of the platform or of an issuer: its status and its body. Immutable. */
public final class PlatformAnswer {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String system;
  private final int status;
  private final @Nullable String location;
  private final byte[] body;

  PlatformAnswer(String system, int status, @Nullable String location, byte[] body) {
    this.system = system;
    this.status = status;
    this.location = location;
    this.body = body;
  }

  /** Returns the name of the system that answered, for the beginning of a sentence. */
  public String system() {
    return system;
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  /** Returns the header {@code Location}; null if there is none. */
  public @Nullable String location() {
    return location;
  }

  /**
   * Returns the object that the body is.
   *
   * @throws DirectoryException if it is none
   */
  public JsonNode object() {
    var object = json();
    if (!object.isObject()) {
      throw unusable("a body that is not a JSON object");
    }
    return object;
  }

  /**
   * Returns the object that the body contains under {@code name}.
   *
   * @throws DirectoryException if there is none
   */
  public JsonNode object(String name) {
    var object = json().path(name);
    if (!object.isObject()) {
      throw unusable("a body without the object \"" + name + "\"");
    }
    return object;
  }

  private JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (JacksonException malformed) {
      // Without the cause, because its message may repeat parts of the body.
      throw unusable("a body that is not JSON");
    }
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
        Reason.UNAVAILABLE, system + " answered " + status + " with " + what + ".", null, null);
  }

  /** Returns an exception that says that no answer with this status was expected. */
  public DirectoryException unexpected() {
    var redirect = status / 100 == 3 ? "; this server follows no redirects." : ".";
    return new DirectoryException(
        Reason.UNAVAILABLE, system + " answered " + status + redirect, null, null);
  }
}
