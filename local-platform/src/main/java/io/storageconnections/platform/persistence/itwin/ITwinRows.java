package io.storageconnections.platform.persistence.itwin;

import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_ITWIN;

import io.storageconnections.platform.domain.itwin.ITwin;
import io.storageconnections.platform.persistence.schema.tables.LocalPlatformItwin;
import java.util.HashMap;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** Writes the rows of iTwins, in a transaction of the caller. */
public final class ITwinRows {

  private static final LocalPlatformItwin ITWIN = LOCAL_PLATFORM_ITWIN;

  private ITwinRows() {}

  /** Adds an iTwin. */
  public static void insert(DSLContext dsl, ITwin iTwin) {
    dsl.insertInto(ITWIN)
        .set(ITWIN.ITWIN_ID, iTwin.id().value())
        .set(ITWIN.IS_DELETING, false)
        .set(ITWIN.CREATED_BY, iTwin.createdBy())
        .set(ITWIN.CREATED_AT, iTwin.created())
        .set(changeable(iTwin))
        .execute();
  }

  /** Returns the values of the columns that an update changes. */
  static Map<Field<?>, @Nullable Object> changeable(ITwin iTwin) {
    var properties = iTwin.properties();
    var columns = new HashMap<Field<?>, @Nullable Object>();
    columns.put(ITWIN.ITWIN_CLASS, properties.subClass().iTwinClass().toString());
    columns.put(ITWIN.SUB_CLASS, properties.subClass().toString());
    columns.put(ITWIN.DISPLAY_NAME, properties.displayName());
    columns.put(ITWIN.NUMBER, properties.number());
    columns.put(ITWIN.TYPE, properties.type());
    columns.put(ITWIN.GEOGRAPHIC_LOCATION, properties.geographicLocation());
    columns.put(ITWIN.IANA_TIME_ZONE, properties.ianaTimeZone());
    columns.put(ITWIN.DATA_CENTER_LOCATION, properties.dataCenterLocation());
    columns.put(ITWIN.STATUS, properties.status().toString());
    var parent = properties.parent();
    columns.put(ITWIN.PARENT_ID, parent == null ? null : parent.value());
    columns.put(ITWIN.MODIFIED_BY, iTwin.modifiedBy());
    columns.put(ITWIN.MODIFIED_AT, iTwin.modified());
    return columns;
  }
}
