package io.storageconnections.bootstrap.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.bootstrap.fixture.ApiClient;
import io.storageconnections.bootstrap.fixture.FreePort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar refuses to start on a database that it cannot use, with the reason and what to do. */
@Tag("long")
final class UnsuitableDatabaseIT {

  /** A role without special rights. */
  private static final String ROLE = "ordinary";

  @TempDir private static Path common;
  private static PostgresProcess postgres;

  @TempDir private Path folder;
  @RegisterExtension final JarProcesses jars = new JarProcesses();

  @BeforeAll
  static void start() throws Exception {
    postgres = PostgresProcess.startedIn(common);
    postgres.execute("postgres", "create role " + ROLE + " login");
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  private JarProcess run(Map<String, String> more, String url, String command) throws IOException {
    var settings = new HashMap<>(Map.of("STORAGE_CONNECTIONS_HTTP_PORT", "0"));
    settings.put("STORAGE_CONNECTIONS_DATABASE_URL", url);
    settings.putAll(more);
    return jars.add(JarProcess.run(folder, settings, command));
  }

  private void assertRefused(String url, String command, String... words) throws Exception {
    var jar = run(Map.of(), url, command);
    assertThat(jar.exitCode()).isEqualTo(1);
    assertThat(jar.out()).isEmpty();
    assertThat(jar.err()).contains(words).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "migrate"})
  void if_the_role_may_not_create_tables_the_message_names_the_right_to_grant(String command)
      throws Exception {
    var database = postgres.emptyDatabase();
    postgres.execute(database, "revoke create on schema public from public");
    assertRefused(
        postgres.url(database, ROLE), command, "GRANT CREATE ON SCHEMA public TO ordinary");
  }

  @Test
  void a_role_that_may_not_create_tables_suffices_if_the_tables_exist_and_it_may_write_to_them()
      throws Exception {
    var database = postgres.emptyDatabase();
    postgres.execute(database, "revoke create on schema public from public");
    assertThat(run(Map.of(), postgres.url(database), "migrate").exitCode()).isZero();
    assertRefused(
        postgres.url(database, ROLE), "serve", "lacks a right", "grant it SELECT, INSERT");
    postgres.execute(
        database,
        "grant select, insert, update, delete on all tables in schema public to ordinary",
        "revoke insert on storage_connection_source_file from ordinary");
    assertRefused(
        postgres.url(database, ROLE), "serve", "lacks a right", "storage_connection_source_file");
    postgres.execute(database, "grant insert on storage_connection_source_file to ordinary");
    var client = run(Map.of(), postgres.url(database, ROLE), "serve").client();
    assertThat(client.create(ApiClient.DOCUMENTED_REQUEST).statusCode()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "migrate"})
  void a_database_that_cannot_store_every_character_is_refused(String command) throws Exception {
    var latin1 =
        postgres.emptyDatabase("encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0");
    assertRefused(postgres.url(latin1), command, "LATIN1", "UTF8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "migrate"})
  void a_schema_that_does_not_exist_is_refused(String command) throws Exception {
    assertRefused(
        postgres.url(postgres.emptyDatabase()) + "&currentSchema=nowhere",
        command,
        "the schema does not exist");
  }

  @Test
  void a_database_or_role_that_does_not_exist_is_refused() throws Exception {
    assertRefused(postgres.url("nowhere"), "serve", "the database does not exist");
    assertRefused(postgres.url(postgres.emptyDatabase(), "nobody"), "serve", "refuses the user");
  }

  @Test
  void a_read_only_postgresql_is_refused_with_and_without_tables() throws Exception {
    var database = postgres.emptyDatabase();
    var readOnly = "alter database " + database + " set default_transaction_read_only = on";
    postgres.execute("postgres", readOnly);
    assertRefused(postgres.url(database), "serve", "read-only");
    assertRefused(postgres.url(database), "migrate", "read-only");
    postgres.execute("postgres", "alter database " + database + " reset all");
    assertThat(run(Map.of(), postgres.url(database), "migrate").exitCode()).isZero();
    postgres.execute("postgres", readOnly);
    assertRefused(postgres.url(database), "serve", "read-only");
  }

  @Test
  void a_read_only_h2_is_refused() throws Exception {
    var url = "jdbc:h2:file:" + folder.resolve("h2");
    assertThat(run(Map.of(), url, "migrate").exitCode()).isZero();
    assertRefused(url + ";ACCESS_MODE_DATA=r", "serve", "read-only");
  }

  @Test
  void while_the_database_does_not_answer_the_server_accepts_no_connection() throws Exception {
    int port = FreePort.find();
    try (var silent = PacketDroppingProxy.before(postgres.port())) {
      silent.startDropping();
      var url =
          postgres
              .url(postgres.emptyDatabase())
              .replace(":" + postgres.port(), ":" + silent.port());
      var jar = run(Map.of("STORAGE_CONNECTIONS_HTTP_PORT", "" + port), url, "serve");
      int refused = 0;
      while (jar.isAlive()) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
          throw new AssertionError(
              "the server accepted a connection that it cannot answer: " + socket);
        } catch (ConnectException closed) {
          refused++;
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
      assertThat(refused).isPositive();
      assertThat(jar.exitCode()).isEqualTo(1);
      assertThat(jar.err()).contains("cannot be reached").doesNotContain("\tat ");
    }
  }
}
