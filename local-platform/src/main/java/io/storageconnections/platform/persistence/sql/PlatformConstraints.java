package io.storageconnections.platform.persistence.sql;

import io.storageconnections.adapter.persistence.sql.NamedConstraint;
import java.util.List;
import java.util.stream.Stream;

/** The unique constraints of this module's tables whose violation is handled. */
public final class PlatformConstraints {

  /** The id of an iTwin is unique. New ids are random, so that they do not collide. */
  public static final NamedConstraint ITWIN_KEY = NamedConstraint.unique("local_platform_itwin_pk");

  /** The number of an iTwin is unique among those of its creator and its subclass. */
  public static final NamedConstraint ITWIN_NUMBER =
      NamedConstraint.unique("local_platform_itwin_number");

  /** The id of an iModel is unique. New ids are random, so that they do not collide. */
  public static final NamedConstraint IMODEL_KEY =
      NamedConstraint.unique("local_platform_imodel_pk");

  /** The name of an iModel is unique in its iTwin. */
  public static final NamedConstraint IMODEL_NAME =
      NamedConstraint.unique("local_platform_imodel_name");

  /** There is one blob folder. */
  public static final NamedConstraint ONE_BLOB_FOLDER =
      NamedConstraint.unique("local_platform_blob_folder_pk");

  /** Those of new random ids. */
  public static final List<NamedConstraint> RANDOM_KEYS =
      List.of(
          ITWIN_KEY,
          IMODEL_KEY,
          NamedConstraint.unique("local_platform_folder_pk"),
          NamedConstraint.unique("local_platform_file_pk"),
          NamedConstraint.unique("local_platform_upload_pk"),
          NamedConstraint.unique("local_platform_blob_pk"));

  /** Those that a seed may violate, if a request adds the same object at the same time. */
  public static final List<NamedConstraint> UNIQUE =
      Stream.concat(
              RANDOM_KEYS.stream(),
              Stream.of(
                  ITWIN_NUMBER,
                  IMODEL_NAME,
                  NamedConstraint.unique("local_platform_member_pk"),
                  NamedConstraint.unique("local_platform_seed_pk")))
          .toList();

  private PlatformConstraints() {}
}
