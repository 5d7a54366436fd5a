package io.storageconnections.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.storageconnections.bootstrap.settings.Setting;
import io.storageconnections.bootstrap.settings.Settings;
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
 * The training run for an AOT cache: starts a server on a temporary folder and sends it the
 * requests of a connection's life. The JVM records the classes and methods that the server uses,
 * and writes them to the cache.
 */
final class AotTrainingRun {

  private static final String CONNECTIONS = "/synchronization/imodels/storageconnections";
  private static final String IMODEL = "7dbd531d-6967-47b2-8945-a722a437ad7a";
  private static final String REQUEST =
      "{\"iModelId\": \""
          + IMODEL
          + "\", \"sourceFiles\": [{\"storageFileId\":"
          + " \"t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA\", \"connectorType\": \"MSTN\"}]}";

  private AotTrainingRun() {}

  /** Runs the server and the requests, and deletes the temporary folder. */
  static void run() {
    try {
      var folder = Files.createTempDirectory("aot-training");
      try {
        trainIn(folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void trainIn(Path folder) throws IOException {
    var settings =
        Settings.read(
            Map.of(
                Setting.HTTP_PORT.variable(),
                "0",
                Setting.DATA_FOLDER.variable(),
                folder.toString(),
                Setting.LOG_REQUESTS.variable(),
                "false"),
            Set.of(),
            null);
    try (var server = new ConfiguredComponents(settings).server().start()) {
      var token = server.developmentToken("aot-training").value();
      var connections = server.address() + CONNECTIONS;
      var location = send("POST", connections, token, REQUEST).getHeaderField("Location");
      send("POST", connections, token, REQUEST);
      send("POST", connections, token, "{");
      send("GET", location, token, "");
      send("GET", connections + "?imodelId=" + IMODEL, token, "");
      send("GET", location + "/sourcefiles", token, "");
      send("PUT", location, token, "{\"displayName\": \"30\"}");
      send("DELETE", location, token, "");
      send("GET", server.address() + "/health/ready", token, "");
      send("GET", server.address() + "/console", token, "");
    }
  }

  private static HttpURLConnection send(String method, String url, String token, String body)
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
