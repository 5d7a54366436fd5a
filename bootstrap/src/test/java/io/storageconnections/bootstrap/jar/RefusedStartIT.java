package io.storageconnections.bootstrap.jar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.bootstrap.fixture.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The jar with settings, options and surroundings that it cannot use: it prints one message that
 * says what to do, and ends without listening or giving a token.
 */
@Tag("long")
final class RefusedStartIT {

  private static final String ISSUER = "https://ims.example.org";

  @TempDir private Path folder;
  @RegisterExtension final JarProcesses jars = new JarProcesses();

  private JarProcess run(Map<String, String> settings, String... arguments) throws IOException {
    return jars.add(JarProcess.run(folder, settings, arguments));
  }

  /** An issuer setting that is misspelt, in the environment or in a file. */
  record MisspeltIssuer(Map<String, String> environment, String file, List<String> messages) {}

  static Stream<MisspeltIssuer> misspeltIssuers() {
    var nearest = "storage-connections.auth.issuer";
    var variable = "STORAGE_CONNECTIONS_AUTH_ISSUER";
    return Stream.of(
        new MisspeltIssuer(
            Map.of(),
            "STORAGE_CONNECTIONS_AUTH_ISSUER=" + ISSUER,
            List.of("line 1: STORAGE_CONNECTIONS_AUTH_ISSUER is not a setting", nearest)),
        new MisspeltIssuer(
            Map.of(),
            "export STORAGE_CONNECTIONS_AUTH_ISSUER=" + ISSUER,
            List.of("line 1: export is not a setting", nearest)),
        new MisspeltIssuer(
            Map.of(),
            "storage-connection.auth.issuer=" + ISSUER,
            List.of("line 1: storage-connection.auth.issuer is not a setting", nearest)),
        new MisspeltIssuer(
            Map.of(),
            "storage-connections.data.folder=C:\\data\\\n" + nearest + "=" + ISSUER,
            List.of("line 1 ends with a backslash")),
        new MisspeltIssuer(
            Map.of(), nearest + "=", List.of("line 1: storage-connections.auth.issuer is empty")),
        new MisspeltIssuer(
            Map.of("STORAGE_CONNECTION_AUTH_ISSUER", ISSUER),
            "",
            List.of("STORAGE_CONNECTION_AUTH_ISSUER is not a setting", variable)),
        new MisspeltIssuer(
            Map.of("storage_connections_auth_issuer", ISSUER),
            "",
            List.of("storage_connections_auth_issuer is not a setting", variable)),
        new MisspeltIssuer(
            Map.of("STORAGE_CONNECTIONS_AUTH_ISSUER", ""), "", List.of(variable + " is empty")),
        new MisspeltIssuer(
            Map.of("STORAGE_CONNECTIONS_AUTH_AUDIENCE", ""),
            "",
            List.of("STORAGE_CONNECTIONS_AUTH_AUDIENCE is empty")),
        new MisspeltIssuer(
            Map.of("STORAGE_CONNECTIONS_AUTH_AUDIENCE", "", "STORAGE_CONNECTION_API_URL", "x"),
            "storage-connections.http.prot=1",
            List.of(
                "AUTH_AUDIENCE is empty",
                "STORAGE_CONNECTION_API_URL is not",
                "http.prot is not")));
  }

  @ParameterizedTest
  @MethodSource("misspeltIssuers")
  void a_misspelt_issuer_starts_no_server_and_gives_no_token(MisspeltIssuer issuer)
      throws Exception {
    var file = Files.writeString(folder.resolve("settings.properties"), issuer.file());
    int port = FreePort.find();
    var settings = new HashMap<>(issuer.environment());
    settings.put("STORAGE_CONNECTIONS_HTTP_PORT", "" + port);
    for (var command : List.of("serve", "token")) {
      var jar = run(settings, command, "--config", file.toString());
      assertThat(jar.exitCode()).isEqualTo(2);
      assertThat(jar.out()).isEmpty();
      assertThat(jar.err()).contains(issuer.messages()).doesNotContain("\tat ", "Exception");
      assertThat(jar.err().lines()).hasSizeLessThanOrEqualTo(3);
    }
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void an_issuer_after_a_byte_order_mark_replaces_the_development_issuer() throws Exception {
    var file =
        Files.writeString(
            folder.resolve("settings.properties"),
            "\ufeffstorage-connections.auth.issuer=" + ISSUER + "\n");
    var settings = Map.of("STORAGE_CONNECTIONS_HTTP_PORT", "0");
    var token = run(settings, "token", "--config", file.toString());
    assertThat(token.exitCode()).isEqualTo(2);
    assertThat(token.out()).isEmpty();
    var server = run(settings, "serve", "--config", file.toString());
    var request =
        HttpRequest.newBuilder(URI.create(server.url() + "/connect/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "grant_type=client_credentials&client_id=x&client_secret=y"))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
    }
    assertThat(server.out()).doesNotContain("development issuer");
  }

  @Test
  void a_system_property_with_the_name_of_a_setting_is_refused() throws Exception {
    var jar =
        run(
            Map.of(
                "STORAGE_CONNECTIONS_HTTP_PORT",
                "0",
                "JDK_JAVA_OPTIONS",
                "-Dstorage-connections.auth.issuer=" + ISSUER),
            "serve");
    assertThat(jar.exitCode()).isEqualTo(2);
    assertThat(jar.err()).contains("STORAGE_CONNECTIONS_AUTH_ISSUER").doesNotContain("\tat ");
  }

  @Test
  void a_file_that_cannot_be_read_is_reported_together_with_the_other_problems() throws Exception {
    Files.writeString(folder.resolve("latin1"), "a=é", ISO_8859_1);
    for (var name : List.of("", "nowhere", ".", "latin1")) {
      var jar = run(Map.of("STORAGE_CONNECTIONS_HTTP_PORT", "eighty"), "serve", "--config", name);
      assertThat(jar.exitCode()).isEqualTo(2);
      assertThat(jar.err()).contains("--config", "HTTP_PORT must").doesNotContain("\tat ");
      assertThat(jar.err().lines()).hasSize(2);
    }
  }

  @Test
  void two_files_are_refused_before_and_after_the_command() throws Exception {
    Files.createFile(folder.resolve("a"));
    Files.createFile(folder.resolve("b"));
    for (var arguments : List.of("--config a token --config b", "token --config a --config b")) {
      var jar = run(Map.of(), arguments.split(" ", -1));
      assertThat(jar.exitCode()).as(arguments).isEqualTo(2);
      assertThat(jar.out()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " x", "x\n"})
  void token_refuses_a_client_with_a_blank_name_or_white_space_at_its_ends(String client)
      throws Exception {
    var jar = run(Map.of(), "token", "--client", client);
    assertThat(jar.exitCode()).isEqualTo(2);
    assertThat(jar.out()).isEmpty();
    assertThat(jar.err()).contains("--client").doesNotContain("\tat ");
  }

  @Test
  void an_argument_that_begins_with_an_at_sign_is_not_read_from_a_file() throws Exception {
    Files.writeString(folder.resolve("arguments"), "serve");
    var jar = run(Map.of(), "@arguments");
    assertThat(jar.exitCode()).isEqualTo(2);
    assertThat(jar.err()).contains("@arguments");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "token", "migrate"})
  void a_data_folder_that_is_a_file_is_refused_with_what_to_do(String command) throws Exception {
    Files.createFile(folder.resolve("data"));
    for (var data : List.of("data", "data/below")) {
      var jar = run(Map.of("STORAGE_CONNECTIONS_DATA_FOLDER", data), command);
      assertThat(jar.exitCode()).isEqualTo(1);
      assertThat(jar.out()).isEmpty();
      assertThat(jar.err())
          .contains("cannot write to its data folder " + folder.toRealPath().resolve(data))
          .contains("STORAGE_CONNECTIONS_DATA_FOLDER")
          .containsAnyOf("not a folder", "Not a directory")
          .doesNotContain("\tat ", "Exception");
      assertThat(jar.err().lines()).hasSize(1);
    }
  }

  @Test
  void a_port_in_use_is_refused_with_what_to_do() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var jar = run(Map.of("STORAGE_CONNECTIONS_HTTP_PORT", "" + taken.getLocalPort()), "serve");
      assertThat(jar.exitCode()).isEqualTo(1);
      assertThat(jar.err())
          .contains("cannot listen at 127.0.0.1:" + taken.getLocalPort())
          .contains("in use", "STORAGE_CONNECTIONS_HTTP_PORT")
          .doesNotContain("\tat ", "Exception");
      assertThat(jar.err().lines()).hasSize(1);
    }
  }

  @Test
  void an_unreachable_database_is_refused_with_what_to_do() throws Exception {
    var jar =
        run(
            Map.of(
                "STORAGE_CONNECTIONS_DATABASE_URL",
                "jdbc:postgresql://127.0.0.1:" + FreePort.find() + "/x?password=sesame"),
            "migrate");
    assertThat(jar.exitCode()).isEqualTo(1);
    assertThat(jar.err())
        .contains("Failed: connecting to the database: ", "refused")
        .contains("STORAGE_CONNECTIONS_DATABASE_")
        .doesNotContain("\tat ", "Exception", "sesame");
  }
}
