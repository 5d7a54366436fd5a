package io.storageconnections.adapter.persistence.sql;

import java.util.List;

/** The constraints of this adapter's migrations whose violation it handles. */
public final class StoreConstraints {

  /** A Storage file is mapped to an iModel at most once. */
  public static final NamedConstraint FILE_MAPPED_ONCE =
      NamedConstraint.unique("storage_connection_source_file_mapped_once");

  /** A source file belongs to a connection. */
  public static final NamedConstraint FILE_OF_CONNECTION =
      NamedConstraint.foreignKey("storage_connection_source_file_connection_fk");

  /** The id of a connection is unique. New ids are random, so that they do not collide. */
  public static final NamedConstraint CONNECTION_KEY =
      NamedConstraint.unique("storage_connection_pk");

  /** The id of a source file is unique. New ids are random, so that they do not collide. */
  public static final NamedConstraint SOURCE_FILE_KEY =
      NamedConstraint.unique("storage_connection_source_file_pk");

  /** An iModel has at most one row with its iTwin. */
  public static final NamedConstraint IMODEL =
      NamedConstraint.unique("storage_connection_imodel_pk");

  /** An iModel has at most one lock row. */
  public static final NamedConstraint IMODEL_LOCK =
      NamedConstraint.unique("storage_connection_imodel_lock_pk");

  /** An iModel is marked as deleted at most once. */
  public static final NamedConstraint DELETED_IMODEL =
      NamedConstraint.unique("storage_connection_deleted_imodel_pk");

  /** A scope, which is an iModel or a connection, has at most one live run. */
  public static final NamedConstraint LIVE_RUN =
      NamedConstraint.unique("storage_connection_live_run_pk");

  /** A file or a connector type has at most one script. */
  public static final NamedConstraint SCRIPT =
      NamedConstraint.unique("storage_connection_run_script_pk");

  /** All of them. */
  public static final List<NamedConstraint> ALL =
      List.of(
          FILE_MAPPED_ONCE,
          FILE_OF_CONNECTION,
          CONNECTION_KEY,
          SOURCE_FILE_KEY,
          IMODEL,
          IMODEL_LOCK,
          DELETED_IMODEL,
          LIVE_RUN,
          SCRIPT);

  /** Those of new random ids. */
  public static final List<NamedConstraint> RANDOM_KEYS = List.of(CONNECTION_KEY, SOURCE_FILE_KEY);

  private StoreConstraints() {}
}
