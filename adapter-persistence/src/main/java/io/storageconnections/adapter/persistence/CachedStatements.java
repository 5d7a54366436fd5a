package io.storageconnections.adapter.persistence;

import io.storageconnections.adapter.persistence.connection.ConnectionRows;
import io.storageconnections.adapter.persistence.sourcefile.SourceFileRows;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.StorageConnection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The two statements that a server is asked for most: to add a connection, and to find one. jOOQ
 * says them once; after that their text is kept, and only values are bound. Measured, that is about
 * a third of what a create costs this process. Thread-safe.
 */
final class CachedStatements {

  private final DSLContext dsl;

  /** By the number of files, of which there are not many. */
  private final Map<Integer, String> insertions = new ConcurrentHashMap<>();

  private final AtomicReference<@Nullable String> search = new AtomicReference<>();

  CachedStatements(DSLContext dsl) {
    this.dsl = dsl;
  }

  /** Adds a connection and its files, on a database that has one statement for that. */
  void insert(NewConnection connection) {
    var files = SourceFileRows.sorted(connection.sourceFiles());
    var text =
        insertions.computeIfAbsent(
            files.size(), size -> SourceFileRows.insertWith(dsl, connection).getSQL());
    dsl.connection(jdbc -> {
      try (var statement = jdbc.prepareStatement(text)) {
        bind(statement, connection.connection(), files);
        statement.executeUpdate();
      }
    });
  }

  /** In the order of the statement, which {@link ConnectionRows} and {@link SourceFileRows} say. */
  private static void bind(
      PreparedStatement statement, StorageConnection connection, List<SourceFile> files)
      throws SQLException {
    var values = new Values(statement);
    values.add(connection.iModel().value());
    values.add(connection.id().connection());
    values.add(connection.iTwin().value());
    values.add(ConnectionRows.text(connection.displayName()));
    values.add(connection.authenticationType().toString());
    values.add(connection.created());
    values.add(connection.revision());
    for (var file : files) {
      values.add(connection.iModel().value());
      values.add(file.id().value());
      values.add(connection.id().connection());
      values.add(file.storageFileId().iTwin().value());
      values.add(file.storageFileId().file());
      values.add(file.connectorType().name());
      values.add(file.created());
      values.add(file.revision());
    }
  }

  Optional<StorageConnection> find(ConnectionId id) {
    var text = once(search, () -> ConnectionRows.search(dsl, id).getSQL());
    return dsl.connectionResult(jdbc -> {
      try (var statement = jdbc.prepareStatement(text)) {
        var values = new Values(statement);
        values.add(id.iModel().value());
        values.add(id.connection());
        try (var rows = statement.executeQuery()) {
          return rows.next() ? Optional.of(connection(id, rows)) : Optional.empty();
        }
      }
    });
  }

  private static StorageConnection connection(ConnectionId id, ResultSet row) throws SQLException {
    return ConnectionRows.connection(
        id,
        row.getObject(1, UUID.class),
        row.getString(2),
        row.getString(3),
        row.getObject(4, OffsetDateTime.class).toInstant(),
        row.getLong(5));
  }

  private static String once(AtomicReference<@Nullable String> text, Supplier<String> rendering) {
    var known = text.get();
    if (known == null) {
      known = rendering.get();
      text.set(known);
    }
    return known;
  }

  /** Binds one after the other. */
  private static final class Values {

    private final PreparedStatement statement;
    private int bound;

    private Values(PreparedStatement statement) {
      this.statement = statement;
    }

    private void add(UUID value) throws SQLException {
      statement.setObject(++bound, value);
    }

    private void add(@Nullable String value) throws SQLException {
      statement.setString(++bound, value);
    }

    private void add(Instant value) throws SQLException {
      statement.setObject(++bound, value.atOffset(ZoneOffset.UTC));
    }

    private void add(long value) throws SQLException {
      statement.setLong(++bound, value);
    }
  }
}
