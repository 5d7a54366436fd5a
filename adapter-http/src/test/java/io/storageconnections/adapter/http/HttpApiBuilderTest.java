package io.storageconnections.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.javalin.Javalin;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.link.Paths;
import io.storageconnections.adapter.http.port.RequestAllowance;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.RequestLease;
import io.storageconnections.application.port.Verification;
import io.storageconnections.application.port.Verification.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HttpApiBuilderTest {

  private static final String URL = "https://host.example.org";
  private static final Verification REJECTED = new Verification.Rejected(Reason.INVALID);
  private static final Caller ADA = Caller.ofClient("ada");

  private final HttpApiBuilder builder = HttpApi.builder(ApiFixtures.useCases());

  @Test
  void api_without_authentication_is_refused() {
    assertThatIllegalStateException()
        .isThrownBy(builder.links(URL)::build)
        .withMessageContaining("call bearerTokens(…) or callers(…)");
  }

  @Test
  void api_without_links_is_refused() {
    assertThatIllegalStateException()
        .isThrownBy(builder.callers(ctx -> Optional.empty())::build)
        .withMessageContaining("call links(…)");
  }

  @Test
  void null_is_refused_by_name() {
    assertThatNullPointerException()
        .isThrownBy(() -> HttpApi.builder(nothing()))
        .withMessage("useCases");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.bearerTokens(nothing()))
        .withMessage("verifier");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.callers(nothing()))
        .withMessage("authenticator");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.links(HttpApiBuilderTest.<String>nothing()))
        .withMessage("url");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.links(HttpApiBuilderTest.<Links>nothing()))
        .withMessage("links");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.rateLimit(1, nothing()))
        .withMessage("ofAllNodes");
  }

  /** Returns null as a caller that is not null-marked may pass it. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }

  @Test
  void url_with_a_path_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> builder.links(URL + "/path"));
  }

  @Test
  void negative_rate_limit_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> builder.rateLimit(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.rateLimit(-1, (partition, wanted, limit, window) -> lease(0)));
  }

  @Test
  void last_authentication_counts() {
    builder.links(URL).bearerTokens(token -> REJECTED).callers(ctx -> Optional.of(ADA));
    assertThat(statuses(builder, 1)).containsExactly(200);
    builder.callers(ctx -> Optional.of(ADA)).bearerTokens(token -> REJECTED);
    assertThat(statuses(builder, 1)).containsExactly(401);
  }

  @Test
  void there_is_no_rate_limit_by_default() {
    var api = builder.links(URL).callers(ctx -> Optional.of(ADA));
    var answer = answers(api, 1).getFirst();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("RateLimit")).isEmpty();
  }

  @Test
  void rate_limit_applies_to_this_node() {
    var api = builder.links(URL).callers(ctx -> Optional.of(ADA)).rateLimit(2);
    assertThat(statuses(api, 3)).containsExactly(200, 200, 429);
  }

  @Test
  void rate_limit_applies_to_all_nodes_of_an_allowance() {
    var partitions = new ArrayList<String>();
    RequestAllowance exhausted =
        (partition, wanted, limit, window) -> {
          partitions.add(partition);
          return lease(0);
        };
    var api = builder.links(URL).callers(ctx -> Optional.of(ADA)).rateLimit(5, exhausted);
    assertThat(statuses(api, 1)).containsExactly(429);
    assertThat(partitions).containsOnly("client ada");
    assertThat(statuses(api.rateLimit(5), 1)).containsExactly(200);
  }

  private static RequestLease lease(int granted) {
    return new RequestLease(granted, 0, Duration.ofMinutes(1));
  }

  private static List<Integer> statuses(HttpApiBuilder api, int requests) {
    return answers(api, requests).stream().map(HttpResponse::statusCode).toList();
  }

  private static List<HttpResponse<String>> answers(HttpApiBuilder builder, int requests) {
    var api = builder.build();
    var server =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  api.mount(config.routes);
                })
            .start("127.0.0.1", 0);
    var answers = new ArrayList<HttpResponse<String>>();
    try (var client = HttpClient.newHttpClient()) {
      var url = "http://127.0.0.1:" + server.port() + Paths.CONNECTOR_TYPES;
      for (int i = 0; i < requests; i++) {
        answers.add(
            client.send(
                HttpRequest.newBuilder(URI.create(url))
                    .header("Authorization", "Bearer any")
                    .build(),
                BodyHandlers.ofString()));
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      server.stop();
    }
    return answers;
  }
}
