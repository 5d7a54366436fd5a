package io.storageconnections.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.storageconnections.browser.fixture.ConsolePage;
import io.storageconnections.browser.fixture.ConsoleServer;
import io.storageconnections.browser.fixture.TestBrowser;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console for people who use a keyboard, a screen reader, a small screen or dark colours. */
final class ConsoleAccessibilityIT {

  private static final String LONG_NAME = "A_long_name_without_a_place_to_break_it_".repeat(6);

  @RegisterExtension private static final TestBrowser BROWSER = new TestBrowser();

  @TempDir private static Path folder;
  private static ConsoleServer server;
  private static String iModel;
  private static String pier;

  @BeforeAll
  static void serve() throws Exception {
    server = ConsoleServer.start(folder, Map.of());
    var iTwin = server.iTwin(LONG_NAME);
    iModel = server.iModel(iTwin, LONG_NAME);
    pier = server.file(iTwin, "pier.dgn");
    var deck = server.file(iTwin, "deck.dgn");
    server.connection(iModel, LONG_NAME, "MSTN", pier, deck);
    server.script(deck, "{\"do\":\"fail\",\"error\":\"UnsupportedFile\",\"times\":100}");
  }

  @AfterAll
  static void kill() throws InterruptedException {
    server.kill();
  }

  @ParameterizedTest
  @CsvSource({"360, DARK", "1280, LIGHT"})
  void axe_finds_nothing_in_any_view_and_no_view_is_wider_than_the_window(
      int width, ColorScheme colours) {
    var page =
        BROWSER.open(new NewContextOptions().setViewportSize(width, 740).setColorScheme(colours));
    var console = ConsolePage.open(page, server.url(), "/");
    assertAccessible(console, "sign in");
    console.signIn();
    assertThat(console.link(LONG_NAME)).isVisible();
    assertAccessible(console, "iModels");
    console.button("New iModel").click();
    assertAccessible(console, "new iModel");
    console.button("Close").click();
    console.link(LONG_NAME).click();
    assertThat(console.page().getByText("pier.dgn, deck.dgn")).isVisible();
    assertAccessible(console, "mapping");
    console.button("Who has this file?").click();
    console.field("File id or name").fill(pier);
    console.button("Search").click();
    assertThat(console.dialog().getByText("pier.dgn is in")).isVisible();
    assertAccessible(console, "who has this file");
    console.button("Close").click();
    console.button("New connection").click();
    console.button("Choose or upload files …").click();
    console.field("pier.dgn").check();
    assertAccessible(console, "Storage");
    console.button("Choose 1 file").click();
    BROWSER.expect("status of 409");
    console.button("Create").click();
    assertThat(console.dialog().locator(".field-error")).isVisible();
    console.button("“Create” as curl").click();
    assertAccessible(console, "conflict");
    console.link("Open the connection that has the file").click();
    assertThat(console.title()).hasText(LONG_NAME);
    console.button("Edit").click();
    assertAccessible(console, "edit");
    console.button("Close").click();
    console.button("Run").click();
    assertThat(console.title()).hasText(Pattern.compile("partly succeeded"));
    assertThat(console.page().getByText("The connector printed nothing.")).isVisible();
    assertAccessible(console, "run");
    console.link(LONG_NAME).last().click();
    assertThat(console.page().locator(".chart-bar").first()).isVisible();
    assertThat(console.button("Remove pier.dgn")).isVisible();
    assertAccessible(console, "connection");
    console.button("Connector type of pier.dgn: MSTN").click();
    assertAccessible(console, "connector type");
  }

  private static void assertAccessible(ConsolePage console, String view) {
    assertThat(console.accessibilityViolations()).as(view).isEmpty();
    assertThat(console.overflow()).as(view).isLessThanOrEqualTo(0);
  }

  @Test
  void the_keyboard_alone_creates_and_runs_a_connection() {
    var iTwin = server.iTwin("Keyboard");
    var own = server.iModel(iTwin, "Keyboard");
    server.file(iTwin, "stair.dgn");
    var console = ConsolePage.open(BROWSER.page(), server.url(), "/console#/imodels/" + own);
    var keyboard = console.page().keyboard();
    console.button("Sign in as me").press("Enter");
    assertThat(console.title()).isFocused();
    keyboard.press("Tab");
    assertThat(console.button("New connection")).isFocused();
    keyboard.press("Enter");
    assertThat(console.dialog().getByText("Files of the connection")).isVisible();
    console.button("Choose or upload files …").press("Enter");
    console.field("stair.dgn").press("Space");
    console.button("Choose 1 file").press("Enter");
    assertThat(console.button("Choose or upload files …")).isFocused();
    console.field("Name").press("Enter");
    assertThat(console.title()).isFocused();
    console.button("Run").press("Enter");
    assertThat(console.title()).hasText(Pattern.compile("Run\\s+succeeded"));
  }

  @Test
  void a_dialog_keeps_the_focus_and_gives_it_back_when_escape_closes_it() {
    var console = ConsolePage.signedIn(BROWSER, server.url(), "/console#/imodels/" + iModel);
    console.button("Who has this file?").press("Enter");
    for (int step = 0; step < 8; step++) {
      console.page().keyboard().press("Tab");
      assertThat(
              (Boolean)
                  console
                      .page()
                      .evaluate(
                          "() => document.activeElement === document.body"
                              + " || document.activeElement.closest('dialog') !== null"))
          .isTrue();
    }
    console.page().keyboard().press("Escape");
    assertThat(console.dialog()).isHidden();
    assertThat(console.button("Who has this file?")).isFocused();
  }

  @Test
  void the_first_link_skips_to_the_content() {
    var console = ConsolePage.signedIn(BROWSER, server.url(), "/console#/imodels/" + iModel);
    assertThat(console.title()).isFocused();
    console.link("Skip to the content").focus();
    console.page().keyboard().press("Enter");
    assertThat(console.page().locator("main")).isFocused();
    assertThat(console.page()).hasURL(server.url() + "/console#/imodels/" + iModel);
  }
}
