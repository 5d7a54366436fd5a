package io.storageconnections.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.bootstrap.fixture.ApiClient;
import io.storageconnections.bootstrap.fixture.Await;
import io.storageconnections.bootstrap.fixture.Metrics;
import io.storageconnections.bootstrap.fixture.RawHttp;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.Script;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The metrics of a real server after requests and runs. */
@Timeout(60)
final class MetricsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String ROUTE = "/synchronization/imodels/storageconnections";
  private static final String RUNS = "storage_connections_runs_completed_total";

  private @Nullable SynchronizationServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private SynchronizationServer start(SynchronizationServerBuilder builder) {
    server = builder.management("127.0.0.1", 0).start();
    return server;
  }

  private static ApiClient client(SynchronizationServer running) {
    return new ApiClient(running.url().toString(), running.developmentToken("someone").value());
  }

  private static Metrics metrics(SynchronizationServer running) {
    return Metrics.of(running.managementAddress().orElseThrow());
  }

  /** Waits, because the server counts a request after the client has the answer. */
  private static void await(SynchronizationServer running, String sample, double value)
      throws InterruptedException {
    Await.until(PATIENCE, sample + " is " + value, () -> metrics(running).value(sample) == value);
  }

  @Test
  void requests_are_counted_by_route_method_and_status_and_timed_in_buckets() throws Exception {
    var running = start(SynchronizationServer.builder());
    var client = client(running);
    var connection =
        client.create(ApiClient.DOCUMENTED_REQUEST).headers().firstValue("Location").orElseThrow();
    client.get(connection);
    client.get(connection);
    client.get(running.url() + "/nothing/here/1");
    client.get(running.url() + "/nothing/here/2");
    RawHttp.send("PROPFIND", running.url() + ROUTE);
    var requests = "http_server_requests_seconds_count";
    await(running, requests + "{method=\"POST\",status=\"201\",uri=\"" + ROUTE + "\"}", 1);
    await(
        running,
        requests + "{method=\"GET\",status=\"200\",uri=\"" + ROUTE + "/{connectionId}\"}",
        2);
    await(running, requests + "{method=\"GET\",status=\"404\",uri=\"unmatched\"}", 2);
    await(
        running,
        "http_server_requests_seconds_bucket{method=\"POST\",status=\"201\",uri=\""
            + ROUTE
            + "\",le=\"10.0\"}",
        1);
    assertThat(metrics(running).valuesOf("method")).containsOnly("GET", "POST", "OTHER");
  }

  @Test
  void outcomes_of_operations_are_counted_also_conflicts_and_invalid_requests() throws Exception {
    var running = start(SynchronizationServer.builder());
    var client = client(running);
    client.create(ApiClient.DOCUMENTED_REQUEST);
    client.create(ApiClient.DOCUMENTED_REQUEST);
    client.create("{}");
    var operations = "storage_connections_operations_total{operation=\"createStorageConnection\"";
    var metrics = metrics(running);
    assertThat(metrics.value(operations + ",outcome=\"Success\"}")).isEqualTo(1);
    assertThat(metrics.value(operations + ",outcome=\"FilesAlreadyMapped\"}")).isEqualTo(1);
    assertThat(metrics.value(operations + ",outcome=\"Invalid\"}")).isEqualTo(1);
  }

  @Test
  void verifications_of_tokens_are_counted_by_outcome() {
    var running = start(SynchronizationServer.builder());
    client(running).get(running.url() + "/synchronization/connectortypes");
    new ApiClient(running.url().toString(), "forged").create("{}");
    var count = "storage_connections_token_verifications_seconds_count{outcome=\"";
    assertThat(metrics(running).value(count + "accepted\"}")).isEqualTo(1);
    assertThat(metrics(running).value(count + "invalid\"}")).isEqualTo(1);
    assertThat(metrics(running).samples()).containsEntry(count + "unavailable\"}", 0.0);
  }

  @Test
  void the_rate_limit_counts_admitted_and_refused_requests() {
    var running = start(SynchronizationServer.builder().requestsPerMinute(2));
    var client = client(running);
    for (int i = 0; i < 5; i++) {
      client.get(running.url() + "/synchronization/connectortypes");
    }
    var count = "storage_connections_rate_limit_requests_total{outcome=\"";
    assertThat(metrics(running).value(count + "admitted\"}")).isEqualTo(2);
    assertThat(metrics(running).value(count + "refused\"}")).isEqualTo(3);
  }

  @Test
  void completed_runs_and_the_time_of_connectors_are_counted_by_result() throws Exception {
    var running = start(SynchronizationServer.builder());
    var client = client(running);
    var connection =
        client.create(ApiClient.DOCUMENTED_REQUEST).headers().firstValue("Location").orElseThrow();
    client.post(connection + "/run", "");
    await(running, RUNS + "{result=\"Success\"}", 1);
    running
        .scripts()
        .setForConnectorType(ConnectorType.MSTN, new Script.Fail(1, ErrorKey.BRIDGING_FAILED));
    client.post(connection + "/run", "");
    await(running, RUNS + "{result=\"Error\"}", 1);
    var attempts =
        "storage_connections_connector_attempts_seconds_count{connector_type=\"MSTN\",result=\"";
    assertThat(metrics(running).value(attempts + "Success\"}")).isEqualTo(1);
    assertThat(metrics(running).value(attempts + "Error\"}")).isEqualTo(1);
    assertThat(metrics(running).value("storage_connections_run_lease_losses_total")).isZero();
  }

  @Test
  void a_queued_run_has_an_age_and_is_counted_when_it_is_cancelled() throws Exception {
    var running = start(SynchronizationServer.builder().runWorkers(0));
    var client = client(running);
    var connection =
        client.create(ApiClient.DOCUMENTED_REQUEST).headers().firstValue("Location").orElseThrow();
    var run = client.post(connection + "/run", "").headers().firstValue("Location").orElseThrow();
    await(running, "storage_connections_runs_live{state=\"Queued\"}", 1);
    Await.until(
        PATIENCE,
        "the queued run has an age",
        () -> metrics(running).value("storage_connections_runs_oldest_queued_age_seconds") > 0);
    assertThat(client.post(run + "/cancel", "").statusCode()).isBetween(200, 204);
    assertThat(metrics(running).value(RUNS + "{result=\"Cancelled\"}")).isEqualTo(1);
    client.post(run + "/cancel", "");
    assertThat(metrics(running).value(RUNS + "{result=\"Cancelled\"}")).isEqualTo(1);
  }

  @Test
  void the_pools_the_jvm_the_process_and_the_log_are_measured() {
    var running = start(SynchronizationServer.builder());
    assertThat(metrics(running).samples().keySet())
        .contains(
            "hikaricp_connections_max{pool=\"storage-connections\"}",
            "hikaricp_connections_max{pool=\"storage-connections-runs\"}",
            "jvm_threads_live_threads",
            "process_uptime_seconds",
            "logback_events_total{level=\"error\"}");
  }

  @Test
  void no_tag_contains_an_id_a_client_or_a_text_of_a_caller() throws Exception {
    var running = start(SynchronizationServer.builder());
    var client = client(running);
    var connection =
        client.create(ApiClient.DOCUMENTED_REQUEST).headers().firstValue("Location").orElseThrow();
    client.get(connection);
    client.get(running.url() + "/a-path-of-a-caller");
    await(
        running,
        "http_server_requests_seconds_count{method=\"GET\",status=\"404\",uri=\"unmatched\"}",
        1);
    var id = connection.substring(connection.lastIndexOf('/') + 1);
    assertThat(metrics(running).samples().keySet())
        .noneMatch(sample ->
            List.of(id, "someone", "a-path-of-a-caller").stream().anyMatch(sample::contains));
  }
}
