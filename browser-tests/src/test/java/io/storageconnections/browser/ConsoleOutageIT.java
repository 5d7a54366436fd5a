package io.storageconnections.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsHiddenOptions;
import io.storageconnections.browser.fixture.ConsolePage;
import io.storageconnections.browser.fixture.ConsoleServer;
import io.storageconnections.browser.fixture.TestBrowser;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The console without its server, and with a slow one. */
@Tag("long")
final class ConsoleOutageIT {

  private static final String UNREACHABLE =
      "The server cannot be reached. The page tries again until the server answers.";

  @RegisterExtension private static final TestBrowser BROWSER = new TestBrowser();

  @TempDir private Path folder;
  private ConsoleServer server;
  private String file;
  private String connection;

  @BeforeEach
  void serve() throws Exception {
    server = ConsoleServer.start(folder, Map.of());
    var iTwin = server.iTwin("Bridge 30");
    file = server.file(iTwin, "pier.dgn");
    connection = server.connection(server.iModel(iTwin, "Bridge"), "Piers", "MSTN", file);
  }

  @AfterEach
  void kill() throws InterruptedException {
    server.kill();
  }

  private ConsolePage opened() {
    return ConsolePage.signedIn(BROWSER, server.url(), "/console#/connections/" + connection);
  }

  @Test
  void a_run_is_followed_through_a_restart_of_the_server() throws Exception {
    BROWSER.expect("Failed to load resource");
    server.script(file, "{\"do\":\"slow\",\"seconds\":4}");
    var console = opened();
    console.button("Run").click();
    assertThat(console.title()).hasText(Pattern.compile("Run\\s+executing"));
    server.kill();
    assertThat(console.page().getByText(UNREACHABLE)).isVisible();
    server.startAgain();
    var patience = 60_000;
    assertThat(console.page().getByText(UNREACHABLE))
        .isHidden(new IsHiddenOptions().setTimeout(patience));
    assertThat(console.title())
        .hasText(Pattern.compile("Run\\s+succeeded"), new HasTextOptions().setTimeout(patience));
  }

  @Test
  void a_change_that_does_not_reach_the_server_says_so_and_keeps_the_input() throws Exception {
    BROWSER.expect("Failed to load resource");
    var console = opened();
    console.button("Edit").click();
    console.field("Name").fill("Renamed");
    server.kill();
    console.button("Save").click();
    assertThat(console.dialog().getByText("Whether the change took effect is unknown")).isVisible();
    server.startAgain();
    assertThat(console.field("Name")).hasValue("Renamed");
    console.button("Save").click();
    assertThat(console.title()).hasText("Renamed");
  }

  @Test
  void a_slow_answer_lets_a_person_act_only_once() {
    var console = opened();
    assertThat(console.button("Run")).isVisible();
    var starts = new AtomicInteger();
    console
        .page()
        .route(
            url -> url.endsWith("/run"),
            route -> {
              starts.incrementAndGet();
              console.page().waitForTimeout(1_500);
              route.resume();
            });
    console.button("Run").dblclick();
    assertThat(console.title()).hasText(Pattern.compile("Run\\s+succeeded"));
    assertThat(starts.get()).isEqualTo(1);
  }

  @Test
  void a_request_that_is_refused_for_its_rate_is_repeated_later() {
    var refusals = new AtomicInteger();
    BROWSER.expect("status of 429");
    BROWSER
        .page()
        .route(
            url -> url.contains("/storageconnections/"),
            route -> {
              if (refusals.getAndIncrement() == 0) {
                route.fulfill(
                    new FulfillOptions().setStatus(429).setHeaders(Map.of("Retry-After", "1")));
              } else {
                route.resume();
              }
            });
    assertThat(opened().title()).hasText("Piers");
    assertThat(refusals.get()).isGreaterThan(1);
  }
}
