package io.storageconnections.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.GetByTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import io.storageconnections.browser.fixture.ConsolePage;
import io.storageconnections.browser.fixture.ConsoleServer;
import io.storageconnections.browser.fixture.TestBrowser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console with an iModel of 5,000 connections. It also prints figures, which no test judges.
 */
@Tag("long")
final class ConsoleLargeIT {

  private static final int CONNECTIONS = 5_000;
  private static final String IMODEL = "7dbd531d-6967-47b2-8945-a722a437ad7a";

  /** Scrolls to the end; returns the times between frames, and of typing into the filter. */
  private static final String MEASURE =
      """
      async () => {
        const frame = () => new Promise(requestAnimationFrame);
        const list = document.querySelector('.virtual-body');
        const frames = [];
        for (let last = await frame(); frames.length < 200; ) {
          list.scrollTop += list.scrollHeight / 200;
          const now = await frame();
          frames.push(now - last);
          last = now;
        }
        const typing = [];
        const filter = document.getElementById('filter');
        for (const text of ['4', '49', '499', '4999', '']) {
          const begin = performance.now();
          filter.value = text;
          filter.dispatchEvent(new Event('input', { bubbles: true }));
          await frame();
          await new Promise(done => setTimeout(done));
          typing.push(Math.round(performance.now() - begin));
        }
        frames.sort((a, b) => a - b);
        return `frames of ${frames[100].toFixed(0)} ms (median), ${frames[190].toFixed(0)} ms (95 %),`
          + ` ${frames[199].toFixed(0)} ms (longest); a letter in the filter ${Math.max(...typing)} ms (longest)`;
      }\
      """;

  /** Returns the milliseconds from the beginning of the navigation to the first view. */
  private static final String FIRST_VIEW =
      """
      async () => {
        while (!document.querySelector('main h1')) {
          await new Promise(requestAnimationFrame);
        }
        return Math.round(performance.now());
      }\
      """;

  @RegisterExtension private static final TestBrowser BROWSER = new TestBrowser();

  @TempDir private static Path folder;
  private static ConsoleServer server;

  @BeforeAll
  static void serve() throws Exception {
    server = ConsoleServer.start(folder, Map.of(), "--seed", seed().toString());
  }

  private static Path seed() throws IOException {
    var connections =
        IntStream.range(0, CONNECTIONS)
            .mapToObj(
                """
                {"displayName":"Connection %1$d","sourceFiles":[{"file":"%1$d.dgn","connectorType":"MSTN"}]}\
                """
                    ::formatted)
            .collect(Collectors.joining(","));
    var files =
        IntStream.range(0, CONNECTIONS)
            .mapToObj("{\"displayName\":\"%d.dgn\",\"text\":\"\"}"::formatted)
            .collect(Collectors.joining(","));
    var iModel =
        "{\"id\":\"%s\",\"name\":\"Large\",\"connections\":[%s]}".formatted(IMODEL, connections);
    return Files.writeString(
        folder.resolve("seed.json"),
        "{\"iTwins\":[{\"displayName\":\"Large\",\"iModels\":[%s],\"files\":[%s]}]}"
            .formatted(iModel, files));
  }

  @AfterAll
  static void kill() throws InterruptedException {
    server.kill();
  }

  @Test
  void thousands_of_connections_are_listed_filtered_and_scrolled() {
    var console = ConsolePage.signedIn(BROWSER, server.url(), "/console#/imodels/" + IMODEL);
    var page = console.page();
    assertThat(page.getByText("5,000 connections", new GetByTextOptions().setExact(true)))
        .isVisible(new IsVisibleOptions().setTimeout(60_000));
    System.out.println("5,000 connections: " + page.evaluate(MEASURE));
    assertThat(page.locator(".virtual-body .virtual-row").count()).isLessThan(60);
    page.getByLabel("Filter").fill("Connection 4999");
    assertThat(page.getByText("1 of 5,000 connections")).isVisible();
    console.link("Connection 4999").click();
    assertThat(console.title()).hasText("Connection 4999");
  }

  @Test
  void the_first_view_appears() {
    var times =
        IntStream.range(0, 9)
            .mapToObj(time -> {
              var console = ConsolePage.open(BROWSER.page(), server.url(), "/console?" + time);
              return ((Number) console.page().evaluate(FIRST_VIEW)).intValue();
            })
            .sorted()
            .toList();
    System.out.println("First view in ms (of 9, sorted): " + times);
    assertThat(times).hasSize(9);
  }
}
