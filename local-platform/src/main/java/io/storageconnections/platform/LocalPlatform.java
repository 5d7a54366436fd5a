package io.storageconnections.platform;

import static java.util.Objects.requireNonNull;

import io.storageconnections.adapter.http.RouteGroup;
import io.storageconnections.adapter.persistence.database.SchemaMigrations;
import io.storageconnections.adapter.persistence.sql.Transactions;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.itwin.CreateITwin;
import io.storageconnections.platform.application.itwin.GetITwin;
import io.storageconnections.platform.http.itwin.ITwinRoutes;
import io.storageconnections.platform.persistence.itwin.JooqITwinStore;
import io.storageconnections.platform.persistence.member.JooqMemberStore;
import io.storageconnections.platform.persistence.sql.PlatformConstraints;
import java.util.List;
import javax.sql.DataSource;

/**
 * iTwins, iModels and Storage of this server itself. The composition root of its bounded context.
 * Thread-safe.
 */
public final class LocalPlatform implements AutoCloseable {

  private static final SchemaMigrations TABLES =
      new SchemaMigrations(
          "io/storageconnections/platform/migrations", "local_platform_schema_history");

  private final List<RouteGroup> groups;

  LocalPlatform(LocalPlatformBuilder builder) {
    var transactions = Transactions.on(builder.dataSource, PlatformConstraints.RANDOM_KEYS);
    var iTwins = new JooqITwinStore(transactions);
    var members = new JooqMemberStore(transactions);
    var permissions = new Permissions(iTwins, members, builder.mode == AccessMode.OPEN);
    groups =
        List.of(
            new ITwinRoutes(
                CreateITwin.on(iTwins, builder.clock, builder.ids),
                GetITwin.on(iTwins, permissions)));
  }

  /**
   * Returns a builder of a local platform.
   *
   * @param dataSource the database, on which {@link #migrate} has run; its owner closes it
   * @param mode who may do what
   * @return a new builder
   */
  public static LocalPlatformBuilder builder(DataSource dataSource, AccessMode mode) {
    return new LocalPlatformBuilder(
        requireNonNull(dataSource, "dataSource"), requireNonNull(mode, "mode"));
  }

  /**
   * Creates and updates the tables. Several processes may call this at the same time.
   *
   * @param dataSource gives out connections to an H2 or a PostgreSQL, at least two at the same time
   * @return the number of migrations that this call ran, 0 or more
   * @throws StoreException if the database cannot be reached or used, or refuses a migration
   */
  public static int migrate(DataSource dataSource) {
    return TABLES.run(dataSource);
  }

  /** {@return the routes, for the server} */
  public RouteGroup routes() {
    return (routes, pipeline) -> groups.forEach(group -> group.mount(routes, pipeline));
  }

  /** Ends the background work. A second call has no effect. */
  @Override
  public void close() {}
}
