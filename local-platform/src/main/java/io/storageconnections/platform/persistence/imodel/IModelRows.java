package io.storageconnections.platform.persistence.imodel;

import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_IMODEL;

import io.storageconnections.platform.domain.imodel.IModel;
import io.storageconnections.platform.persistence.schema.tables.LocalPlatformImodel;
import java.util.HashMap;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** Writes the rows of iModels, in a transaction of the caller. */
public final class IModelRows {

  private static final LocalPlatformImodel IMODEL = LOCAL_PLATFORM_IMODEL;

  static final String ACTIVE = "active";
  static final String DELETED = "deleted";

  private IModelRows() {}

  /** Returns whether there is an iModel that is not deleted completely. */
  public static boolean exist(DSLContext dsl) {
    return dsl.fetchExists(IMODEL, IMODEL.STATE.ne(DELETED));
  }

  /** Adds an iModel. */
  public static void insert(DSLContext dsl, IModel iModel) {
    dsl.insertInto(IMODEL)
        .set(IMODEL.IMODEL_ID, iModel.id().value())
        .set(IMODEL.ITWIN_ID, iModel.iTwin().value())
        .set(IMODEL.STATE, ACTIVE)
        .set(IMODEL.CREATED_BY, iModel.createdBy())
        .set(IMODEL.CREATED_AT, iModel.created())
        .set(changeable(iModel))
        .execute();
  }

  /** Returns the values of the columns that an update changes. */
  static Map<Field<?>, @Nullable Object> changeable(IModel iModel) {
    var extent = iModel.extent();
    var columns = new HashMap<Field<?>, @Nullable Object>();
    columns.put(IMODEL.NAME, iModel.name());
    columns.put(IMODEL.DESCRIPTION, iModel.description());
    columns.put(IMODEL.SOUTH, extent == null ? null : extent.south());
    columns.put(IMODEL.WEST, extent == null ? null : extent.west());
    columns.put(IMODEL.NORTH, extent == null ? null : extent.north());
    columns.put(IMODEL.EAST, extent == null ? null : extent.east());
    return columns;
  }
}
