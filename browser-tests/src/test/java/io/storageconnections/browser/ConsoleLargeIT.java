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
 * The console with an iModel of 5,000 connections, and a run of 1,000 files. It also prints
 * figures, which no test judges.
 */
@Tag("long")
final class ConsoleLargeIT {

  private static final int CONNECTIONS = 5_000;
  private static final String IMODEL = "7dbd531d-6967-47b2-8945-a722a437ad7a";
  private static final int FILES_OF_RUN = 1_000;
  private static final String IMODEL_OF_RUN = "1c1f7a1f-9bf3-4f86-9e2a-3f3e6d3f4a10";

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

  /** Measures the times between frames during three seconds. */
  private static final String FRAMES =
      """
      async () => {
        const frame = () => new Promise(requestAnimationFrame);
        const frames = [];
        const begin = await frame();
        for (let last = begin; last - begin < 3000; ) {
          const now = await frame();
          frames.push(now - last);
          last = now;
        }
        frames.sort((a, b) => a - b);
        const at = part => frames[Math.floor(frames.length * part)].toFixed(0);
        return `frames of ${at(0.5)} ms (median), ${at(0.95)} ms (95 %), ${frames.at(-1).toFixed(0)} ms (longest)`;
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
    var filesOfRun =
        IntStream.range(0, FILES_OF_RUN)
            .mapToObj("{\"file\":\"%d.dgn\",\"connectorType\":\"MSTN\"}"::formatted)
            .collect(Collectors.joining(","));
    var iModelOfRun =
        """
        {"id":"%s","name":"Run","connections":[{"displayName":"All","sourceFiles":[%s]}]}\
        """
            .formatted(IMODEL_OF_RUN, filesOfRun);
    return Files.writeString(
        folder.resolve("seed.json"),
        "{\"iTwins\":[{\"displayName\":\"Large\",\"iModels\":[%s],\"files\":[%s]}]}"
            .formatted(iModel + "," + iModelOfRun, files));
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
    page.evaluate("() => document.querySelector('.virtual-body').scrollTop = 240_000");
    console.button("Refresh").click();
    assertThat(page.getByText("more follow")).isVisible();
    assertThat(page.getByText("more follow")).isHidden();
    assertThat(page.evaluate("() => document.querySelector('.virtual-body').scrollTop"))
        .isEqualTo(240_000);
    page.getByLabel("Filter").fill("Connection 4999");
    assertThat(page.getByText("1 of 5,000 connections")).isVisible();
    console.link("Connection 4999").click();
    assertThat(console.title()).hasText("Connection 4999");
  }

  @Test
  void a_live_run_of_a_thousand_files_renders_those_that_a_person_asks_for() {
    var console = ConsolePage.signedIn(BROWSER, server.url(), "/console#/imodels/" + IMODEL_OF_RUN);
    var page = console.page();
    console.link("All").click();
    console.button("Run").click();
    assertThat(page.getByText("of 1,000 files completed")).isVisible();
    assertThat(page.locator(".timeline li")).hasCount(50);
    assertThat(page.locator("details.task")).hasCount(50);
    System.out.println("A live run of 1,000 files: " + page.evaluate(FRAMES));
    console.button("Show all 1,000 files").first().click();
    console.button("Show all 1,000 files").click();
    assertThat(page.locator(".timeline li")).hasCount(FILES_OF_RUN);
    assertThat(page.locator("details.task")).hasCount(FILES_OF_RUN);
    System.out.println("The same, all files shown: " + page.evaluate(FRAMES));
    assertThat(page.getByText("1,000 of 1,000 files completed"))
        .isVisible(new IsVisibleOptions().setTimeout(120_000));
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
