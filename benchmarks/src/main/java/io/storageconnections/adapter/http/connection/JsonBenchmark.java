package io.storageconnections.adapter.http.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.adapter.http.response.LimitsHeader;
import io.storageconnections.application.connection.CreateStorageConnection.Created;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.benchmarks.Measured;
import io.storageconnections.domain.connection.AuthenticationType;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.StorageConnection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Measures the documented create request: reading the body and writing the answer, and writing the
 * answer only.
 */
public class JsonBenchmark extends Measured {

  private static final byte[] REQUEST =
      """
      {
        "displayName": "30",
        "iModelId": "7dbd531d-6967-47b2-8945-a722a437ad7a",
        "authenticationType": "User",
        "sourceFiles": [{
          "storageFileId": "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA",
          "connectorType": "MSTN"
        }]
      }
      """
          .getBytes(UTF_8);

  private final Caller caller = Caller.ofClient("client");
  private final Links links =
      new Links(BaseUrl.parse("http://127.0.0.1:8080"), BaseUrl.parse("https://api.example.com"));
  private final StorageConnection connection =
      new StorageConnection(
          ConnectionId.parse("HVO9fWdpskeJRacipDetepvZDZMN4YtHnMxUKkogt0k"),
          ITwinId.parse("16c396b7-78e3-46a9-bda2-3570d44e451a"),
          new DisplayName("30"),
          AuthenticationType.USER,
          Instant.parse("2026-01-02T03:04:05Z"));
  private final CreateConnectionEndpoint endpoint =
      new CreateConnectionEndpoint(
          (who, request) -> Outcome.success(new Created(connection, null)),
          links,
          new LimitsHeader(new Limits(0, 0)));

  /** A request that has only a body. */
  private final Context context =
      (Context)
          Proxy.newProxyInstance(
              Context.class.getClassLoader(),
              new Class<?>[] {Context.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "bodyInputStream" -> new ByteArrayInputStream(REQUEST);
                    default -> method.getReturnType() == Context.class ? proxy : null;
                  });

  @Benchmark
  public void readAndAnswer() throws IOException {
    endpoint.answer(context, caller);
  }

  @Benchmark
  public byte[] answer() {
    return Json.bytes(ConnectionBody.of(connection, links));
  }
}
