package io.storageconnections.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.LocatorOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import io.storageconnections.bootstrap.fixture.ApiClient;
import io.storageconnections.browser.fixture.ConsolePage;
import io.storageconnections.browser.fixture.ConsoleServer;
import io.storageconnections.browser.fixture.HeldRequests;
import io.storageconnections.browser.fixture.TestBrowser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs in the console. */
final class ConsoleRunIT {

  private static final Pattern EXECUTING = Pattern.compile("Run\\s+executing");
  private static final Pattern CANCELLED = Pattern.compile("Run\\s+cancelled");
  private static final Pattern FAILED = Pattern.compile("Run\\s+failed");
  private static final Pattern PARTLY = Pattern.compile("Run\\s+partly succeeded");
  private static final Pattern SUCCEEDED = Pattern.compile("Run\\s+succeeded");

  @RegisterExtension private static final TestBrowser BROWSER = new TestBrowser();

  @TempDir private static Path folder;
  private static ConsoleServer server;

  private String pier;
  private String deck;
  private String connection;

  @BeforeAll
  static void serve() throws Exception {
    server =
        ConsoleServer.start(
            folder,
            Map.of(
                "STORAGE_CONNECTIONS_CONNECTORS_REVIT_COMMAND",
                "[\"sh\", \"-c\", \"echo the first line; echo '<b>the second line</b>'\"]",
                "STORAGE_CONNECTIONS_CONNECTORS_REVIT_BARE_EXIT_CODE",
                "true"));
  }

  @AfterAll
  static void kill() throws InterruptedException {
    server.kill();
  }

  @BeforeEach
  void createConnection() {
    var iTwin = server.iTwin("Bridge 30");
    pier = server.file(iTwin, "pier.dgn");
    deck = server.file(iTwin, "deck.dgn");
    connection = server.connection(server.iModel(iTwin, "Bridge"), "Piers", "MSTN", pier, deck);
  }

  private ConsolePage opened() {
    return ConsolePage.signedIn(BROWSER, server.url(), "/console#/connections/" + connection);
  }

  @Test
  void a_run_is_followed_while_it_executes_and_can_be_cancelled_and_retried() {
    server.script(deck, "{\"do\":\"hang\"}");
    var console = opened();
    console.button("Run").click();
    assertThat(console.title()).hasText(EXECUTING);
    assertThat(console.page().getByText("1 of 2 files completed")).isVisible();
    assertThat(console.page().getByText("the end of attempt 1 at file deck.dgn by connector MSTN"))
        .isVisible();
    assertThat(console.page().locator(".bar.Success")).hasCount(1);
    assertThat(console.page().locator(".bar.live")).hasCount(1);
    console.button("Cancel the run").click();
    assertThat(console.title()).hasText(CANCELLED);
    assertThat(console.page().getByText("The run is completed: cancelled.")).isVisible();
    assertThat(console.page().getByText("2 of 2 files completed: 1 succeeded, 1 cancelled"))
        .isVisible();
    server.script(deck, "{\"do\":\"succeed\"}");
    console.button("Retry failed and cancelled files").click();
    assertThat(console.title()).hasText(SUCCEEDED);
    assertThat(console.page().getByText("1 of 1 file completed")).isVisible();
  }

  @Test
  void an_error_is_shown_with_what_to_do() {
    server.script(deck, "{\"do\":\"fail\",\"error\":\"UnsupportedFile\"}");
    var console = opened();
    console.button("Run").click();
    assertThat(console.title()).hasText(PARTLY);
    assertThat(console.page().getByText("The input file format is unsupported.")).isVisible();
    assertThat(console.page().getByText("What to do:")).isVisible();
    assertThat(console.page().getByText("2 of 2 files completed: 1 succeeded, 1 failed"))
        .isVisible();
    assertThat(console.page().locator(".bar.Error")).hasCount(1);
    console.picture("console-run");
    console.button("pier.dgn").click();
    assertThat(console.page().locator("summary", new LocatorOptions().setHasText("pier.dgn")))
        .isFocused();
    assertThat(console.page().locator("details[open]")).hasCount(2);
  }

  @Test
  void no_attempt_is_counted_at_a_file_that_the_run_has_not_reached() {
    server.script(pier, "{\"do\":\"hang\"}");
    server.script(deck, "{\"do\":\"hang\"}");
    var console = opened();
    console.button("Run").click();
    assertThat(console.title()).hasText(EXECUTING);
    console.button("Cancel the run").click();
    assertThat(console.title()).hasText(CANCELLED);
    assertThat(console.page().locator("summary").getByText("1 attempt")).hasCount(1);
    assertThat(console.page().locator(".bar")).hasCount(1);
  }

  @Test
  void an_attempt_that_fails_for_a_while_is_counted() {
    server.script(deck, "{\"do\":\"fail\",\"times\":1,\"error\":\"NetworkIssue\"}");
    var console = opened();
    console.button("Run").click();
    assertThat(console.title()).hasText(SUCCEEDED);
    assertThat(console.page().locator(".bar-words").last()).containsText("2 attempts");
  }

  @Test
  void the_output_of_a_connector_is_shown_as_text() {
    var iTwin = server.iTwin("House");
    var house = server.file(iTwin, "house.rvt");
    connection = server.connection(server.iModel(iTwin, "House"), "House", "REVIT", house);
    var console = opened();
    console.button("Run").click();
    assertThat(console.title()).hasText(SUCCEEDED);
    console.page().locator("summary").click();
    assertThat(console.page().locator("pre.output"))
        .hasText(Pattern.compile("the first line\\s+<b>the second line</b>"));
  }

  @Test
  void the_history_has_a_bar_for_each_run() {
    var console = opened();
    for (int run = 0; run < 2; run++) {
      console.button("Run").click();
      assertThat(console.title()).hasText(SUCCEEDED);
      console.link("Piers").click();
      assertThat(console.title()).hasText("Piers");
    }
    server.script(pier, "{\"do\":\"crash\",\"exitCode\":3}");
    server.script(deck, "{\"do\":\"crash\",\"exitCode\":3}");
    console.button("Run").click();
    assertThat(console.title()).hasText(FAILED);
    assertThat(console.page().getByText("Exit code 3").first()).isVisible();
    assertThat(console.page().getByText("Read the output of the connector.").first()).isVisible();
    console.link("Piers").click();
    assertThat(console.page().locator(".chart-bar")).hasCount(3);
    assertThat(console.page().locator(".chart-bar").last()).hasClass("chart-bar Error");
    assertThat(console.page().locator(".chart path.shape.Error")).hasCount(1);
    assertThat(console.page().locator("tbody tr")).hasCount(3);
    console.picture("console-connection");
    console.page().locator(".chart-bar").first().click();
    assertThat(console.title()).hasText(SUCCEEDED);
  }

  @Test
  void a_run_of_the_imodel_that_is_live_already_is_shown_instead_of_a_second_one() {
    server.script(deck, "{\"do\":\"hang\"}");
    var live = server.client().post(server.url() + ApiClient.PATH + "/" + connection + "/run", "");
    assertThat(live.statusCode()).isEqualTo(202);
    var console = opened();
    console.button("Run").click();
    assertThat(console.page().getByText("A run of this iModel is already active.")).isVisible();
    var run = live.headers().firstValue("Location").orElseThrow();
    assertThat(console.page().url()).endsWith(run.substring(run.lastIndexOf('/')));
    console.button("Cancel the run").click();
    assertThat(console.title()).hasText(CANCELLED);
  }

  @Test
  void a_connection_whose_run_is_live_is_not_deleted_and_the_refusal_leads_to_the_run() {
    server.script(deck, "{\"do\":\"hang\"}");
    var console = opened();
    console.button("Run").click();
    assertThat(console.title()).hasText(EXECUTING);
    console.link("Piers").click();
    console.button("Delete").click();
    BROWSER.expect("status of 409");
    console.dialog().locator("button[type=submit]").click();
    assertThat(console.link("Open the run")).isVisible();
    assertThat(console.dialog().locator("button[type=submit]")).isFocused();
    console.link("Open the run").click();
    assertThat(console.title()).hasText(EXECUTING);
    console.button("Cancel the run").click();
    assertThat(console.title()).hasText(CANCELLED);
  }

  @Test
  void a_run_that_another_client_starts_appears_in_the_history() {
    var console = opened();
    assertThat(console.page().getByText("This connection has not run yet.")).isVisible();
    server.client().post(server.url() + ApiClient.PATH + "/" + connection + "/run", "");
    assertThat(console.page().locator("tbody tr"))
        .hasCount(1, new HasCountOptions().setTimeout(30_000));
  }

  @Test
  void a_late_answer_does_not_take_a_person_away_from_another_page() {
    var console = opened();
    var starts = HeldRequests.of(console.page(), "/run");
    console.button("Run").click();
    var start = starts.next();
    console.link("iModels").click();
    console.button("New iTwin").click();
    console.field("Name").fill("Kept");
    start.resume();
    assertThat(console.page().getByText("The run has started.").first()).isVisible();
    assertThat(console.field("Name")).hasValue("Kept");
  }

  @Test
  void a_run_that_does_not_change_is_read_rarely() {
    server.script(pier, "{\"do\":\"hang\"}");
    var console = opened();
    console.button("Run").click();
    assertThat(console.title()).hasText(EXECUTING);
    var waits = new ArrayList<String>();
    console
        .page()
        .onRequest(request -> {
          if (request.url().contains("/runs/")) {
            waits.add(request.headers().getOrDefault("prefer", "none"));
          }
        });
    console.page().waitForCondition(() -> waits.contains("wait=8"));
    assertThat(waits).containsSubsequence("wait=2", "wait=4", "wait=8").doesNotContain("none");
    console.button("Cancel the run").click();
    assertThat(console.title()).hasText(CANCELLED);
  }
}
