package io.storageconnections.junit;

import io.storageconnections.bootstrap.SynchronizationServer;
import io.storageconnections.bootstrap.SynchronizationServerBuilder;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.run.Script;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Configures a {@link StorageConnectionsExtension}. By default its server is like that of {@link
 * StorageConnections}: one for all tests of the class, with its data in memory, without limits, on
 * the clock of the system. If a method is called twice, the last call counts. Not thread-safe.
 */
public final class StorageConnectionsExtensionBuilder {

  private Consumer<SynchronizationServerBuilder> configuration = server -> {};
  private Consumer<SynchronizationServer> scripts = server -> {};
  private boolean hasDataSource;
  private boolean freshForEachTest;

  StorageConnectionsExtensionBuilder() {}

  /**
   * Sets the limits of each iModel. Default: {@link Limits#NONE}.
   *
   * @param perIModel the limits, the same for every iModel
   * @return this builder
   */
  public StorageConnectionsExtensionBuilder limits(Limits perIModel) {
    Objects.requireNonNull(perIModel, "limits");
    return configure(server -> server.limits(perIModel));
  }

  /**
   * Sets the clock that dates connections, tokens and runs, and measures time limits and the time
   * before a retry. Default: the clock of the system.
   *
   * @param testClock the clock, thread-safe; it may stand still, such as a {@link ManualClock}
   * @return this builder
   */
  public StorageConnectionsExtensionBuilder clock(Clock testClock) {
    Objects.requireNonNull(testClock, "clock");
    return configure(server -> server.clock(testClock));
  }

  /**
   * Sets the database to a {@code DataSource} of the test. Default: a new database in memory for
   * each server. The server creates its tables; neither it nor the extension deletes the data.
   *
   * @param testDataSource meets the conditions of {@link
   *     io.storageconnections.embedded.StorageConnectionsService#builder}; the extension does not
   *     close it
   * @return this builder
   */
  public StorageConnectionsExtensionBuilder dataSource(DataSource testDataSource) {
    Objects.requireNonNull(testDataSource, "dataSource");
    hasDataSource = true;
    return configure(server -> server.dataSource(testDataSource));
  }

  /**
   * Makes each server begin with the objects of a seed file: iTwins, iModels, folders, files and
   * connections with fixed ids; {@code docs/seed.md} describes it. Tests that share a server return
   * to the seed with {@link io.storageconnections.bootstrap.SynchronizationServer#resetToSeed}.
   * Every caller may read and change everything, unless {@link #configure} sets {@link
   * SynchronizationServerBuilder#ownPlatform()}. Default: no objects.
   *
   * @param file a file in YAML or JSON; the server reads it when it starts
   * @return this builder
   */
  public StorageConnectionsExtensionBuilder seed(Path file) {
    Objects.requireNonNull(file, "file");
    return configure(server -> server.seed(file));
  }

  /**
   * Makes each server begin with the objects of a seed, as {@link #seed(Path)} does.
   *
   * @param text the text of a seed file
   * @return this builder
   */
  public StorageConnectionsExtensionBuilder seed(String text) {
    Objects.requireNonNull(text, "text");
    return configure(server -> server.seed(text));
  }

  /**
   * Makes the simulated connector of a type do what a script says, in each run of each server.
   * During a test, {@link io.storageconnections.bootstrap.SynchronizationServer#scripts} sets other
   * scripts, also for single files. Default: a file is synchronized at once, unless it is empty or
   * of a format that is foreign to the connector type.
   *
   * @param type the connector type
   * @param script what each attempt does
   * @return this builder
   */
  public StorageConnectionsExtensionBuilder script(ConnectorType type, Script script) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(script, "script");
    scripts = scripts.andThen(server -> server.scripts().setForConnectorType(type, script));
    return this;
  }

  /**
   * Adds settings that this builder has no method for, such as a rate limit, a directory of iModels
   * or the source of ids.
   *
   * @param settings sets them; the extension calls it before it starts a server, after the settings
   *     of earlier calls. With {@link #freshForEachTest} it is called for each test, possibly by
   *     several threads at once; if it sets a database, then a new one at each call
   * @return this builder
   */
  public StorageConnectionsExtensionBuilder configure(
      Consumer<SynchronizationServerBuilder> settings) {
    configuration = configuration.andThen(settings);
    return this;
  }

  /**
   * Gives each test a server of its own, which has no data when the test begins. Default: the tests
   * of a class share a server.
   *
   * @return this builder
   */
  public StorageConnectionsExtensionBuilder freshForEachTest() {
    freshForEachTest = true;
    return this;
  }

  /**
   * Builds the extension.
   *
   * @return a new extension; its server starts when a test asks for it first
   * @throws IllegalStateException if both {@link #dataSource} and {@link #freshForEachTest} were
   *     called: the servers would share the data of one database
   */
  public StorageConnectionsExtension build() {
    if (hasDataSource && freshForEachTest) {
      throw new IllegalStateException(
          "freshForEachTest() needs a new database for each test, but dataSource(...) gives all"
              + " tests the same one: omit dataSource(...), or set a new database for each server"
              + " with configure(server -> server.dataSource(...))");
    }
    return new StorageConnectionsExtension(configuration, scripts, freshForEachTest);
  }
}
