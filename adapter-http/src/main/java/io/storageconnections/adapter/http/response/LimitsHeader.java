package io.storageconnections.adapter.http.response;

import io.javalin.http.Context;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.Usage;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Announces limits before they bite: whoever adds to an iModel hears how much it may hold and how
 * much room is left, in the manner of the RateLimit headers. Ours.
 */
public record LimitsHeader(Limits limits) {

  public static final String NAME = "Storage-Connections-Limits";

  /**
   * Adds the header to an answer.
   *
   * @param usage what the iModel holds; null if nobody counted, for then there are no limits
   */
  public void announce(Context ctx, @Nullable Usage usage) {
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
