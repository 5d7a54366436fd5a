package io.storageconnections.application.contract.proof;

import io.storageconnections.application.contract.InMemoryRunScripts;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.Script;
import io.storageconnections.domain.run.Script.Fail;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Stores of scripts with a bug each. */
final class ScriptBugs {

  private ScriptBugs() {}

  /** Keeps the duration of a script in a column of whole seconds. */
  @CaughtBy("a_script_of_every_kind_is_returned_as_it_was_set")
  static final class KeepsWholeSeconds extends InMemoryRunScripts {

    @Override
    public synchronized void setForFile(StorageFileId file, Script script) {
      super.setForFile(
          file,
          script instanceof Script.Slow(var duration)
              ? new Script.Slow(duration.truncatedTo(ChronoUnit.SECONDS))
              : script);
    }
  }

  /** Keeps the script that a file has, like an insert that does nothing on a conflict. */
  @CaughtBy("a_script_of_every_kind_is_returned_as_it_was_set")
  static final class KeepsTheFirstScriptOfAFile extends InMemoryRunScripts {

    @Override
    public synchronized void setForFile(StorageFileId file, Script script) {
      if (!has(file)) {
        super.setForFile(file, script);
      }
    }
  }

  /** Prefers the script of the connector type to that of the file. */
  @CaughtBy("a_file_without_a_script_has_that_of_its_connector_type")
  static final class PrefersTheScriptOfTheType extends InMemoryRunScripts {

    @Override
    protected Object selected(StorageFileId file, ConnectorType type) {
      return has(type) ? type : file;
    }
  }

  /** Has one script for all connector types. */
  @CaughtBy("a_file_without_a_script_has_that_of_its_connector_type")
  static final class HasOneScriptForAllTypes extends InMemoryRunScripts {

    @Override
    public synchronized void setForConnectorType(ConnectorType type, Script script) {
      for (var each : ConnectorType.values()) {
        super.setForConnectorType(each, script);
      }
    }
  }

  /** Does not count attempts, so that a file fails for ever. */
  @CaughtBy({
    "attempts_succeed_after_as_many_failures_as_the_script_says",
    "simultaneous_attempts_are_counted_each"
  })
  static final class DoesNotCountAttempts extends InMemoryRunScripts {

    @Override
    protected Script afterOne(Fail script) {
      return script;
    }
  }

  /** Lets a file fail one time less than its script says. */
  @CaughtBy({
    "attempts_succeed_after_as_many_failures_as_the_script_says",
    "simultaneous_attempts_are_counted_each"
  })
  static final class SucceedsTooEarly extends InMemoryRunScripts {

    @Override
    protected Script afterOne(Fail script) {
      return script.times() <= 2 ? new Script.Succeed() : script.afterOne();
    }
  }

  /** Reads a script, and writes what remains of it after another thread has read it too. */
  @CaughtBy("simultaneous_attempts_are_counted_each")
  static final class ReadsThenCounts extends InMemoryRunScripts {

    private final RaceLatch read = new RaceLatch(2);

    @Override
    protected Script afterOne(Fail script) {
      read.arriveAndAwait(this);
      return super.afterOne(script);
    }
  }

  /** Removes the scripts of files, and keeps those of connector types. */
  @CaughtBy("no_script_is_left_after_all_are_removed")
  static final class RemovesTheScriptsOfFilesOnly extends InMemoryRunScripts {

    private final Map<ConnectorType, Script> ofTypes = new HashMap<>();

    @Override
    public synchronized void setForConnectorType(ConnectorType type, Script script) {
      ofTypes.put(type, script);
      super.setForConnectorType(type, script);
    }

    @Override
    public synchronized void clear() {
      super.clear();
      ofTypes.forEach(super::setForConnectorType);
    }
  }

  /** Remembers the scripts that this node has read, like a cache without invalidation. */
  @CaughtBy({
    "a_script_of_every_kind_is_returned_as_it_was_set",
    "attempts_succeed_after_as_many_failures_as_the_script_says"
  })
  static final class CachesScripts extends InMemoryRunScripts {

    private final Map<StorageFileId, Script> cache = new HashMap<>();

    @Override
    public synchronized Optional<Script> next(StorageFileId file, ConnectorType type) {
      var script = super.next(file, type);
      return script.map(read -> cache.computeIfAbsent(file, unknown -> read));
    }
  }
}
