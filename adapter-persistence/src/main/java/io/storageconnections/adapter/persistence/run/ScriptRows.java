package io.storageconnections.adapter.persistence.run;

import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_RUN_SCRIPT;

import io.storageconnections.adapter.persistence.schema.tables.StorageConnectionRunScript;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.Script;
import io.storageconnections.domain.run.Script.Crash;
import io.storageconnections.domain.run.Script.Fail;
import io.storageconnections.domain.run.Script.Hang;
import io.storageconnections.domain.run.Script.Partial;
import io.storageconnections.domain.run.Script.Slow;
import io.storageconnections.domain.run.Script.Succeed;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Reads and writes the scripts of simulated connectors, in a transaction of the caller. */
public final class ScriptRows {

  private static final StorageConnectionRunScript SCRIPT = STORAGE_CONNECTION_RUN_SCRIPT;

  private ScriptRows() {}

  /** Finds a script, without a lock. */
  public static Optional<Script> find(DSLContext dsl, String name) {
    return dsl.selectFrom(SCRIPT).where(SCRIPT.NAME.eq(name)).fetchOptional(ScriptRows::script);
  }

  /** Finds a script and locks its row until the transaction ends. */
  public static Optional<Script> lock(DSLContext transaction, String name) {
    return transaction
        .selectFrom(SCRIPT)
        .where(SCRIPT.NAME.eq(name))
        .forUpdate()
        .fetchOptional(ScriptRows::script);
  }

  /** Updates a script; returns whether the row exists. */
  public static boolean update(DSLContext transaction, String name, Script script) {
    return transaction.update(SCRIPT).set(values(script)).where(SCRIPT.NAME.eq(name)).execute()
        == 1;
  }

  /** Inserts a script. Violates {@code SCRIPT} if there is one with this name. */
  public static void insert(DSLContext dsl, String name, Script script) {
    dsl.insertInto(SCRIPT).set(SCRIPT.NAME, name).set(values(script)).execute();
  }

  /** Deletes all scripts. */
  public static void clear(DSLContext dsl) {
    dsl.deleteFrom(SCRIPT).execute();
  }

  private static Map<Field<?>, @Nullable Object> values(Script script) {
    var values = new LinkedHashMap<Field<?>, @Nullable Object>();
    values.put(SCRIPT.KIND, kind(script));
    values.put(
        SCRIPT.DURATION_MILLIS, script instanceof Slow slow ? slow.duration().toMillis() : null);
    values.put(SCRIPT.TIMES, script instanceof Fail fail ? fail.times() : null);
    values.put(SCRIPT.ERROR_KEY, script instanceof Fail fail ? fail.error().toString() : null);
    values.put(SCRIPT.EXIT_CODE, script instanceof Crash crash ? crash.exitCode() : null);
    return values;
  }

  private static String kind(Script script) {
    return switch (script) {
      case Hang hang -> "hang";
      case Slow slow -> "slow";
      case Fail fail -> "fail";
      case Crash crash -> "crash";
      case Partial partial -> "partial";
      case Succeed succeed -> "succeed";
    };
  }

  private static Script script(Record row) {
    var kind = row.get(SCRIPT.KIND);
    return switch (kind) {
      case "hang" -> new Hang();
      case "slow" -> new Slow(Duration.ofMillis(row.get(SCRIPT.DURATION_MILLIS)));
      case "fail" -> new Fail(row.get(SCRIPT.TIMES), ErrorKey.parse(row.get(SCRIPT.ERROR_KEY)));
      case "crash" -> new Crash(row.get(SCRIPT.EXIT_CODE));
      case "partial" -> new Partial();
      case "succeed" -> new Succeed();
      default -> throw new IllegalStateException("unknown kind of script: " + kind);
    };
  }
}
