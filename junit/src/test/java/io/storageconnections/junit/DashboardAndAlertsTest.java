package io.storageconnections.junit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.bootstrap.SynchronizationServer;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.Script;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The dashboard and the alert rules of {@code docs/operations} name only metrics and tags that a
 * real server has after a few requests and runs.
 */
@Timeout(120)
final class DashboardAndAlertsTest {

  private static final Path OPERATIONS = Path.of("../docs/operations");

  private static final String REQUEST =
      "{\"displayName\": \"30\", \"iModelId\": \"7dbd531d-6967-47b2-8945-a722a437ad7a\","
          + " \"sourceFiles\": [{\"storageFileId\":"
          + " \"t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA\", \"connectorType\": \"MSTN\"}]}";

  /** A metric that Prometheus itself adds. */
  private static final Set<String> OF_PROMETHEUS = Set.of("up");

  /** Tags that Prometheus itself adds. */
  private static final Set<String> LABELS_OF_PROMETHEUS = Set.of("job", "instance");

  private static final Set<String> KEYWORDS =
      Set.of(
          "and", "or", "unless", "on", "ignoring", "group_left", "group_right", "bool", "offset");

  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
  private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
  private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][\\w:]*)\\s*\\{([^}]*)}");
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w$:.])([a-zA-Z_:][\\w:]*)(?!\\w)(?!\\s*\\()");
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)\\s*(?:=~|!~|!=|=)");
  private static final Pattern SAMPLE =
      Pattern.compile("^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+$", Pattern.MULTILINE);

  private static Map<String, Set<String>> served = Map.of();

  /** Starts a server, and reads its metrics after requests, a conflict and two runs. */
  @BeforeAll
  static void useServer() throws Exception {
    try (var server =
            SynchronizationServer.builder()
                .requestsPerMinute(10_000)
                .management("127.0.0.1", 0)
                .start();
        var http = HttpClient.newHttpClient()) {
      var connections = server.url() + "/synchronization/imodels/storageconnections";
      var token = server.developmentToken("someone").value();
      var connection =
          post(http, connections, token, REQUEST).headers().firstValue("Location").orElseThrow();
      assertThat(post(http, connections, token, REQUEST).statusCode()).isEqualTo(409);
      assertThat(post(http, connections, "forged", REQUEST).statusCode()).isEqualTo(401);
      var management = server.managementAddress().orElseThrow();
      post(http, connection + "/run", token, "");
      awaitRuns(http, management, "Success");
      server
          .scripts()
          .setForConnectorType(ConnectorType.MSTN, new Script.Fail(1, ErrorKey.BRIDGING_FAILED));
      post(http, connection + "/run", token, "");
      awaitRuns(http, management, "Error");
      // The metrics of the garbage collector exist after its first pause.
      awaitMetrics(
          http,
          management,
          () -> {
            System.gc();
            return "jvm_gc_pause_seconds_sum";
          });
      served = labelsByName(scrape(http, management));
    }
  }

  private static void awaitRuns(HttpClient http, URI management, String result) throws Exception {
    awaitMetrics(
        http,
        management,
        () -> "storage_connections_runs_completed_total{result=\"" + result + "\"} 1.0");
  }

  private static void awaitMetrics(HttpClient http, URI management, Supplier<String> text)
      throws Exception {
    var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!scrape(http, management).contains(text.get())) {
      assertThat(System.nanoTime()).as("waiting for %s", text.get()).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static String scrape(HttpClient http, URI management) throws Exception {
    return http.send(
            HttpRequest.newBuilder(management.resolve("/metrics")).build(), BodyHandlers.ofString())
        .body();
  }

  private static HttpResponse<String> post(HttpClient http, String url, String token, String body)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static Map<String, Set<String>> labelsByName(String text) {
    var labels = new HashMap<String, Set<String>>();
    SAMPLE
        .matcher(text)
        .results()
        .forEach(sample -> {
          var ofName = labels.computeIfAbsent(sample.group(1), first -> new HashSet<>());
          if (sample.group(2) != null) {
            ofName.addAll(labels(sample.group(2)));
          }
        });
    return labels;
  }

  private static Set<String> labels(String matchers) {
    return LABEL
        .matcher(TEXT.matcher(matchers).replaceAll(""))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private static Object load(String name) throws IOException {
    // JSON is YAML.
    return new Load(LoadSettings.builder().build())
        .loadFromString(Files.readString(OPERATIONS.resolve(name)));
  }

  /** Returns the values of a key, wherever it is. */
  private static Stream<Object> valuesOf(String key, Object tree) {
    return switch (tree) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .flatMap(entry ->
                  entry.getKey().equals(key)
                      ? Stream.of(entry.getValue())
                      : valuesOf(key, entry.getValue()));
      case List<?> list -> list.stream().flatMap(each -> valuesOf(key, each));
      default -> Stream.empty();
    };
  }

  static List<String> expressions() throws IOException {
    var expressions = new ArrayList<String>();
    for (var file : List.of("alerts.yaml", "grafana-dashboard.json")) {
      valuesOf("expr", load(file)).forEach(expression -> expressions.add((String) expression));
    }
    return expressions;
  }

  /** Returns what an expression names that the server does not have. */
  private static Set<String> unknown(String expression) {
    var unknown = new TreeSet<String>();
    var text = RANGE.matcher(TEXT.matcher(expression).replaceAll("\"\"")).replaceAll("");
    for (var grouping : GROUPING.matcher(text).results().toList()) {
      for (var label : grouping.group(1).split(",", -1)) {
        if (!isLabelOfAny(label.strip())) {
          unknown.add("tag " + label.strip());
        }
      }
    }
    text = GROUPING.matcher(text).replaceAll(" ");
    for (var selector : SELECTOR.matcher(text).results().toList()) {
      var known = served.getOrDefault(selector.group(1), Set.of());
      labels(selector.group(2)).stream()
          .filter(label -> !known.contains(label) && !LABELS_OF_PROMETHEUS.contains(label))
          .forEach(label -> unknown.add("tag " + label + " of " + selector.group(1)));
    }
    NAME.matcher(text.replaceAll("\\{[^}]*}", " "))
        .results()
        .map(found -> found.group(1))
        .filter(name -> !KEYWORDS.contains(name) && !OF_PROMETHEUS.contains(name))
        .filter(name -> !served.containsKey(name))
        .forEach(unknown::add);
    return unknown;
  }

  private static boolean isLabelOfAny(String label) {
    return LABELS_OF_PROMETHEUS.contains(label)
        || served.values().stream().anyMatch(labels -> labels.contains(label));
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void an_expression_names_only_metrics_and_tags_that_the_server_has(String expression) {
    assertThat(unknown(expression)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "sum(rate(http_requests_total[5m])) > 0; [http_requests_total]",
        "max by (flavour) (hikaricp_connections_max); [tag flavour]",
        "hikaricp_connections_max{flavour=\"a b\"}; [tag flavour of hikaricp_connections_max]",
        "up == 0 and process_uptime_seconds / process_uptime_hours > 1; [process_uptime_hours]",
        "histogram_quantile(0.9, sum by (le) (rate(x_bucket{uri!~\".*\"}[$__rate_interval])));"
            + " '[tag uri of x_bucket, x_bucket]'"
      })
  void a_name_that_the_server_does_not_have_is_noticed(String expression, String unknown) {
    assertThat(unknown(expression)).hasToString(unknown);
  }

  @Test
  void the_files_have_panels_and_alerts() throws IOException {
    assertThat(valuesOf("alert", load("alerts.yaml"))).hasSizeGreaterThan(10);
    assertThat(valuesOf("expr", load("grafana-dashboard.json"))).hasSizeGreaterThan(20);
    assertThat(load("grafana-dashboard.json").toString()).doesNotContain("uid=P");
  }

  @Test
  void each_alert_says_what_to_do_and_the_page_on_operations_repeats_it() throws IOException {
    var page = Files.readString(OPERATIONS.resolve("../operations.md"));
    var rules = valuesOf("rules", load("alerts.yaml")).flatMap(all -> ((List<?>) all).stream());
    assertThat(rules)
        .isNotEmpty()
        .allSatisfy(each -> {
          var rule = (Map<?, ?>) each;
          var annotations = requireNonNull((Map<?, ?>) rule.get("annotations"));
          assertThat(annotations.keySet())
              .map(Object::toString)
              .contains("summary", "description", "action");
          assertThat(page)
              .contains("| `" + rule.get("alert") + "` | " + annotations.get("action") + " |");
        });
  }
}
