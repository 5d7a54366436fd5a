package io.storageconnections.adapter.http.port;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server is, for its operator. It contains no secret.
 *
 * @param version the version of the server
 * @param commit the id of the commit from which it was built; null if it is not known
 * @param commitTime the time of that commit, in ISO 8601; null if it is not known
 * @param migrations the migrations of each set of tables
 * @param profile how the server is configured
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServerInfo(
    String version,
    @Nullable String commit,
    @Nullable String commitTime,
    List<MigratedTables> migrations,
    Profile profile) {

  /** Copies the list. */
  public ServerInfo {
    migrations = List.copyOf(migrations);
  }

  /**
   * The migrations of a set of tables.
   *
   * @param tables the name of the set: {@code connections} or {@code local-platform}
   * @param applied how many migrations the database has; null if the database does not answer
   * @param missing how many migrations the database lacks; null if the database does not answer
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record MigratedTables(
      String tables, @Nullable Integer applied, @Nullable Integer missing) {}

  /**
   * How a server is configured.
   *
   * @param directory the directory of iModels: {@code open}, {@code own}, {@code platform} or
   *     {@code host}
   * @param database the kind of the database: {@code h2}, {@code h2-in-memory}, {@code postgresql}
   *     or {@code host}
   * @param issuer who issues tokens: {@code development}, {@code oidc} or {@code host}
   * @param workers how many runs the node executes at the same time
   */
  public record Profile(String directory, String database, String issuer, int workers) {}
}
