package io.storageconnections.adapter.http.response;

import io.javalin.http.Context;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.Usage;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The header with the limits of an iModel and what remains of them, in the form of the RateLimit
 * headers. Answers to requests that add connections or source files have it, so that a caller
 * notices a limit before it reaches it. An addition of this project.
 *
 * @param limits the limits of each iModel
 */
public record LimitsHeader(Limits limits) {

  /** The name of the header. */
  public static final String NAME = "Storage-Connections-Limits";

  /**
   * Adds the header to an answer.
   *
   * @param usage the numbers of connections and source files of the iModel; null if there are no
   *     limits, because the store counts only if there are limits
   */
  public void addTo(Context ctx, @Nullable Usage usage) {
    if (usage == null) {
      return;
    }
    var header = new StringJoiner(", ");
    add(header, "connections", limits.connectionsPerIModel(), usage.connections());
    add(header, "source-files", limits.filesPerIModel(), usage.sourceFiles());
    ctx.header(NAME, header.toString());
  }

  private static void add(StringJoiner header, String name, int limit, long used) {
    if (limit > 0) {
      header.add(name + ";q=" + limit + ";r=" + Math.max(0, limit - used));
    }
  }
}
