package io.storageconnections.adapter.platform.exchange;

import io.storageconnections.application.port.DirectoryException;
import io.storageconnections.application.port.DirectoryException.Reason;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An answer whose body is read while it arrives. Closing ends the transfer. */
public final class StreamedAnswer implements AutoCloseable {

  private final String system;
  private final HttpResponse<StreamedBody> response;

  StreamedAnswer(String system, HttpResponse<StreamedBody> response) {
    this.system = system;
    this.response = response;
  }

  /** Returns the HTTP status. */
  public int status() {
    return response.statusCode();
  }

  /** Returns the header {@code Location}; null if there is none. */
  public @Nullable String location() {
    return response.headers().firstValue("Location").orElse(null);
  }

  /** Returns the size of the body in bytes, if the system has announced it. */
  public OptionalLong size() {
    try {
      return response.headers().firstValueAsLong("Content-Length");
    } catch (NumberFormatException malformed) {
      return OptionalLong.empty();
    }
  }

  /**
   * Returns the body. It throws an {@link java.io.IOException} if the connection breaks, if it
   * pauses too long, and if the reading thread is interrupted.
   */
  public InputStream body() {
    return response.body();
  }

  /** Returns an exception that says that no answer with this status was expected. */
  public DirectoryException unexpected() {
    return new DirectoryException(
        Reason.UNAVAILABLE, system + " answered " + status() + ".", null, null);
  }

  @Override
  public void close() {
    response.body().close();
  }
}
