package io.storageconnections.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.storageconnections.browser.fixture.ConsolePage.file;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
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

/** The first hour of a person with the console of the jar. */
final class ConsoleIT {

  @RegisterExtension private static final TestBrowser BROWSER = new TestBrowser();

  @TempDir private static Path folder;
  private static ConsoleServer server;

  @BeforeAll
  static void serve() throws Exception {
    server = ConsoleServer.start(folder, Map.of());
  }

  @AfterAll
  static void kill() throws InterruptedException {
    server.kill();
  }

  @Test
  void the_address_of_the_server_leads_to_the_console() throws Exception {
    var console = ConsolePage.open(BROWSER, server.url());
    assertThat(console.page()).hasURL(server.url() + "/console");
    assertThat(console.page()).hasTitle("Sign in – Storage Connections");
    assertThat(console.title()).hasText("Sign in");
    assertThat(console.page().context().cookies()).isEmpty();
    assertThat(server.out())
        .contains("The console is at " + server.url() + "/console" + System.lineSeparator());
  }

  @Test
  void the_mouse_alone_leads_from_the_address_to_a_finished_run_of_an_uploaded_file() {
    var console = ConsolePage.open(BROWSER, server.url());
    console.button("Sign in as me").click();
    console.button("New iTwin").click();
    console.button("Create").click();
    console.button("New iModel").click();
    console.button("Create").click();
    assertThat(console.title()).hasText("My iModel");
    console.button("New connection").click();
    console.button("Choose or upload files …").click();
    console.upload(file("pier.dgn"), file("deck.ifc"));
    console.button("Choose 2 files").click();
    assertThat(console.field("pier.dgn")).hasValue("MSTN");
    assertThat(console.field("deck.ifc")).hasValue("IFC");
    console.picture("console-new-connection");
    console.button("Create").click();
    console.button("Run").click();
    assertThat(console.title()).hasText(Pattern.compile("Run\\s+succeeded"));
    assertThat(console.page().getByText("2 of 2 files completed")).isVisible();
    console.link("Connection").click();
    assertThat(console.page().getByText("Durations of the last runs")).isVisible();
    console.link("Connections").click();
    assertThat(console.link("Connection without a name")).isVisible();
    assertThat(console.page().getByText("pier.dgn, deck.ifc")).isVisible();
  }

  @Test
  void a_file_can_be_dropped_into_storage() {
    var iTwin = server.iTwin("Dropped");
    var iModel = server.iModel(iTwin, "Dropped");
    var console = ConsolePage.signedIn(BROWSER, server.url(), "/console#/imodels/" + iModel);
    console.button("New connection").click();
    console.button("Choose or upload files …").click();
    var files =
        console
            .page()
            .evaluateHandle(
                """
                () => {
                  const data = new DataTransfer();
                  data.items.add(new File(['content'], 'dropped.dwg'));
                  return data;
                }\
                """);
    console.page().locator(".drop").dispatchEvent("drop", Map.of("dataTransfer", files));
    console.button("Choose 1 file").click();
    assertThat(console.field("dropped.dwg")).hasValue("DWG");
  }

  @Test
  void an_action_is_shown_as_a_curl_command_that_does_the_same() throws Exception {
    var iModel = ConsoleServer.unknownIModel();
    BROWSER.expect("status of 404.*:\\d+/imodels/");
    var console = ConsolePage.signedIn(BROWSER, server.url(), "/console#/imodels/" + iModel);
    console.button("New connection").click();
    console.field("Name").fill("Peter's $HOME \"bridge\"");
    console.addFile("t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA");
    console.button("“Create” as curl").click();
    var command = console.dialog().locator(".curl code").textContent();
    var shell = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
    shell.environment().put("TOKEN", server.client().token());
    var process = shell.start();
    var answer = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(answer).contains("201 Created", "Peter's $HOME \\\"bridge\\\"");
    console.button("Close").click();
    console.button("Refresh").click();
    assertThat(console.link("Peter's $HOME \"bridge\"")).isVisible();
  }

  @Test
  void an_imodel_opens_by_its_id_and_is_remembered() {
    var iModel = ConsoleServer.unknownIModel();
    BROWSER.expect("status of 404.*:\\d+/imodels/");
    var console = ConsolePage.signedIn(BROWSER, server.url(), "/console");
    var id = console.page().getByLabel("iModel id");
    id.fill("seven");
    console.button("Open").click();
    assertThat(console.page().getByText("This is not a GUID.")).isVisible();
    id.fill(iModel);
    console.button("Open").click();
    assertThat(console.page().getByText("No connection yet.")).isVisible();
    console.link("iModels").click();
    assertThat(console.link(iModel)).isVisible();
    console.button("Forget these").click();
    assertThat(console.link(iModel)).isHidden();
  }

  @Test
  void a_dialog_begins_at_its_first_input_and_repeats_no_announcement() {
    var iTwin = server.iTwin("Announced");
    var iModel = server.iModel(iTwin, "Announced");
    var id = server.connection(iModel, "Piers", "MSTN", server.file(iTwin, "pier.dgn"));
    var console = ConsolePage.signedIn(BROWSER, server.url(), "/console#/connections/" + id);
    console.button("Edit").click();
    assertThat(console.field("Name")).isFocused();
    console.field("Name").fill("Renamed");
    console.field("Name").press("Enter");
    assertThat(console.page().getByText("Saved.")).isVisible();
    console.button("Edit").click();
    assertThat(console.dialog().getByRole(AriaRole.STATUS)).isEmpty();
  }

  @Test
  void a_name_with_markup_or_another_direction_of_text_stays_text() {
    var name = "<img src=x onerror=document.title='broken'>";
    var iTwin = server.iTwin("iTwin " + name);
    var iModel = server.iModel(iTwin, "iModel " + name);
    var file = server.file(iTwin, "a&amp;b.dgn");
    server.connection(iModel, name + "\u202Eright to left", "MSTN", file);
    var console = ConsolePage.signedIn(BROWSER, server.url(), "/console");
    var listed = console.button("iTwin " + name);
    assertThat(listed).isVisible(new IsVisibleOptions().setTimeout(15_000));
    listed.click();
    console.link("iModel " + name).click();
    assertThat(console.title()).hasText("iModel " + name);
    assertThat(console.page().getByText("a&amp;b.dgn")).isVisible();
    console.button("New connection").click();
    console.addFile(file);
    BROWSER.expect("status of 409");
    console.button("Create").click();
    var refusal = console.dialog().locator(".field-error");
    assertThat(refusal).containsText(name);
    assertThat(refusal.textContent()).doesNotContain("\u202E");
    assertThat(console.page().locator("main img, dialog img")).hasCount(0);
    assertThat(console.page()).not().hasTitle("broken");
    console.link("Open the connection that has the file").click();
    assertThat(console.title()).hasText(name + "\u202Eright to left");
    assertThat(console.title().locator("bdi")).isVisible();
  }

  @Test
  void the_colours_can_be_chosen() {
    var console = ConsolePage.open(BROWSER, server.url());
    Locator body = console.page().locator("body");
    console.page().getByLabel("Colours").selectOption("dark");
    assertThat(body).hasCSS("background-color", "rgb(20, 23, 28)");
    console.page().reload();
    assertThat(body).hasCSS("background-color", "rgb(20, 23, 28)");
    console.page().getByLabel("Colours").selectOption("light");
    assertThat(body).hasCSS("background-color", "rgb(255, 255, 255)");
  }
}
