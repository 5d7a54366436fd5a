package io.storageconnections.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.adapter.persistence.Database;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.port.StoreException.Reason;
import java.nio.file.Path;
import java.util.UUID;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check that the platform can use its tables. */
final class ReadinessTest {

  @TempDir private Path blobs;

  @Test
  void each_table_that_is_missing_is_noticed() {
    try (var database = Database.open("jdbc:h2:mem:" + UUID.randomUUID(), null, null, 2)) {
      var dataSource = database.dataSource();
      LocalPlatform.migrate(dataSource);
      try (var platform = LocalPlatform.builder(dataSource, AccessMode.OWN, blobs).build()) {
        platform.check();
        var dsl = DSL.using(dataSource, SQLDialect.H2);
        var tables =
            dsl.fetchValues(
                DSL.select(DSL.field("table_name", String.class))
                    .from("information_schema.tables")
                    .where("table_name like 'LOCAL_PLATFORM_%'")
                    .and("table_name not like '%SCHEMA_HISTORY'"));
        assertThat(tables).hasSizeGreaterThan(8);
        for (var table : tables) {
          dsl.execute("alter table " + table + " rename to away");
          assertThatExceptionOfType(StoreException.class)
              .as(table)
              .isThrownBy(platform::check)
              .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.MISCONFIGURED));
          dsl.execute("alter table away rename to " + table);
        }
        platform.check();
      }
    }
  }
}
