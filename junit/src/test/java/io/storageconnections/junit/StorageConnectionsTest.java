package io.storageconnections.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.storageconnections.bootstrap.SynchronizationServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashSet;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Tests the server that the extension starts for a test class. */
final class StorageConnectionsTest {

  private static final Set<URI> SEEN = new HashSet<>();

  @AfterEach
  void clearSeen() {
    SEEN.clear();
  }

  @Test
  void one_server_serves_all_tests_of_a_class_and_is_closed_after_them() {
    run(IntegrationTests.class, 3);
    assertThat(SEEN).hasSize(1);
    Assertions.assertThatExceptionOfType(ConnectException.class)
        .isThrownBy(() -> get(SEEN.iterator().next(), "any"));
  }

  @Test
  void each_class_gets_its_own_server() {
    run(IntegrationTests.class, 3);
    run(OtherIntegrationTests.class, 1);
    assertThat(SEEN).hasSize(2);
  }

  private static void run(Class<?> tests, int count) {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(tests))
        .execute()
        .testEvents()
        .assertStatistics(statistics -> statistics.succeeded(count).failed(0));
  }

  private static int get(URI server, String token) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(server.resolve("/synchronization/connectortypes"))
            .header("Authorization", "Bearer " + token)
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  /** Only the tests above run this class. */
  @StorageConnections
  @Tag("run-by-another")
  static final class IntegrationTests {

    @Test
    void the_mint_makes_tokens_that_the_server_accepts(URI server, TokenMint tokens)
        throws Exception {
      assertThat(get(server, tokens.token("me"))).isEqualTo(200);
      assertThat(get(server, "forged")).isEqualTo(401);
      SEEN.add(server);
    }

    @Test
    void the_server_is_a_parameter(SynchronizationServer server) {
      SEEN.add(server.url());
    }

    @Nested
    final class NestedTests {

      @Test
      void nested_classes_use_the_same_server(URI server) {
        SEEN.add(server);
      }
    }
  }

  /** Only the tests above run this class. */
  @StorageConnections
  @Tag("run-by-another")
  static final class OtherIntegrationTests {

    @Test
    void the_class_gets_its_own_server(URI server) {
      SEEN.add(server);
    }
  }
}
