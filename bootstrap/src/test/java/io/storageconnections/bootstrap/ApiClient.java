package io.storageconnections.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Uses a server as a client does that has its address and a token. */
record ApiClient(String url, String token) {

  static final String PATH = "/synchronization/imodels/storageconnections";

  /** The example of the document, to the letter. */
  static final String DOCUMENTED_REQUEST =
      "{ \"displayName\": \"30\", \"iModelId\": \"7dbd531d-6967-47b2-8945-a722a437ad7a\","
          + " \"authenticationType\": \"User\", \"sourceFiles\": [{ \"storageFileId\":"
          + " \"t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA\", \"connectorType\": \"MSTN\" }] }";

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(60)).build();

  HttpResponse<String> create(String body) {
    return post(url + PATH, body);
  }

  HttpResponse<String> addFile(String connection, String body) {
    return post(url + PATH + "/" + connection + "/sourcefiles", body);
  }

  HttpResponse<String> get(String address) {
    return send(request(address));
  }

  private HttpResponse<String> post(String address, String body) {
    return send(request(address).POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String address) {
    return HttpRequest.newBuilder(URI.create(address))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + token);
  }

  /**
   * Sends a request.
   *
   * @throws UncheckedIOException if there is no answer
   */
  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
