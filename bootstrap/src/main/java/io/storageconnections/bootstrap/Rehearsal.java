package io.storageconnections.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;

/**
 * The life of a connection, as a server serves it to itself. Whoever watches, as the JVM does when
 * it is to write an AOT cache, sees all that a server needs when it starts and answers.
 */
final class Rehearsal {

  private static final String CONNECTIONS = "/synchronization/imodels/storageconnections";
  private static final String IMODEL = "7dbd531d-6967-47b2-8945-a722a437ad7a";
  private static final String REQUEST =
      "{\"iModelId\": \""
          + IMODEL
          + "\", \"sourceFiles\": [{\"storageFileId\":"
          + " \"t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA\", \"connectorType\": \"MSTN\"}]}";

  private Rehearsal() {}

  /** Leaves nothing behind. */
  static void run() {
    try {
      var folder = Files.createTempDirectory("rehearsal");
      try {
        rehearse(folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void rehearse(Path folder) throws IOException {
    var settings =
        Settings.read(
            Map.of(
                Setting.HTTP_PORT.variable(),
                "0",
                Setting.DATA_FOLDER.variable(),
                folder.toString()),
            Set.of(),
            null);
    try (var server = settings.server().start()) {
      var token = server.developmentToken("rehearsal").value();
      var connections = server.address() + CONNECTIONS;
      var location = ask("POST", connections, token, REQUEST).getHeaderField("Location");
      ask("POST", connections, token, REQUEST);
      ask("POST", connections, token, "{");
      ask("GET", location, token, "");
      ask("GET", connections + "?imodelId=" + IMODEL, token, "");
      ask("GET", location + "/sourcefiles", token, "");
      ask("PUT", location, token, "{\"displayName\": \"30\"}");
      ask("DELETE", location, token, "");
      ask("GET", server.address() + "/health/ready", token, "");
    }
  }

  private static HttpURLConnection ask(String method, String url, String token, String body)
      throws IOException {
    var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setRequestProperty("Authorization", "Bearer " + token);
    if (!body.isEmpty()) {
      connection.setDoOutput(true);
      connection.getOutputStream().write(body.getBytes(UTF_8));
    }
    var answer =
        connection.getResponseCode() < 400
            ? connection.getInputStream()
            : connection.getErrorStream();
    answer.readAllBytes();
    return connection;
  }

  private static void delete(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
