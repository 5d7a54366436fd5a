package io.storageconnections.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.storageconnections.browser.fixture.ConsolePage.file;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.storageconnections.browser.fixture.ConsolePage;
import io.storageconnections.browser.fixture.ConsoleServer;
import io.storageconnections.browser.fixture.HeldRequests;
import io.storageconnections.browser.fixture.TestBrowser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
    console.link("Connection without a name").click();
    assertThat(console.page().getByText("Durations of the last runs")).isVisible();
    console.link("My iModel").click();
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
  void an_upload_is_cancelled_alone_and_the_next_one_continues() {
    var iTwin = server.iTwin("Cancelled");
    var iModel = server.iModel(iTwin, "Cancelled");
    var console = ConsolePage.signedIn(BROWSER, server.url(), "/console#/imodels/" + iModel);
    var contents = HeldRequests.of(console.page(), "/storage/content/[^/]+");
    console.button("New connection").click();
    console.button("Choose or upload files …").click();
    console.upload(file("large.dgn"), file("small.dgn"));
    assertThat(console.page().getByText("Uploading large.dgn")).isVisible();
    assertThat(console.page().getByText("1 file waits for the end of this upload.")).isVisible();
    assertThat(console.dialog().locator("button.primary")).isDisabled();
    // Chromium lets a page prevent one only.
    for (int key = 0; key < 5; key++) {
      console.page().keyboard().press("Escape");
    }
    contents.next();
    console.button("Cancel the upload of large.dgn").click();
    contents.next().resume();
    console.button("Choose 1 file").click();
    assertThat(console.field("small.dgn")).hasValue("MSTN");
    assertThat(console.dialog().locator(".chosen li")).hasCount(1);
    assertThat(server.files(iTwin)).contains("small.dgn").doesNotContain("large.dgn");
  }

  @Test
  void a_closed_dialog_uploads_nothing_more() {
    var iTwin = server.iTwin("Closed");
    var iModel = server.iModel(iTwin, "Closed");
    var console = ConsolePage.signedIn(BROWSER, server.url(), "/console#/imodels/" + iModel);
    var contents = HeldRequests.of(console.page(), "/storage/content/[^/]+");
    var created = new AtomicInteger();
    var ended = new AtomicBoolean();
    console
        .page()
        .onRequest(request -> {
          if (request.method().equals("POST") && request.url().endsWith("/files")) {
            created.incrementAndGet();
          }
        });
    console
        .page()
        .onRequestFailed(
            request -> ended.compareAndSet(false, request.url().contains("/storage/content/")));
    console.button("New connection").click();
    console.button("Choose or upload files …").click();
    console.upload(file("large.dgn"), file("small.dgn"));
    contents.next();
    console.dialog().locator(".buttons button").last().click();
    console.page().waitForCondition(ended::get);
    console.button("Choose or upload files …").click();
    assertThat(console.page().getByText("This folder is empty.")).isVisible();
    assertThat(created.get()).isEqualTo(1);
  }

  @Test
  void an_upload_is_shown_as_curl_commands_that_do_the_same() throws Exception {
    var iTwin = server.iTwin("Commands");
    var iModel = server.iModel(iTwin, "Commands");
    var console = ConsolePage.signedIn(BROWSER, server.url(), "/console#/imodels/" + iModel);
    console.button("New connection").click();
    console.button("Choose or upload files …").click();
    var contents = HeldRequests.of(console.page(), "/storage/content/[^/]+");
    console.upload(file("model[1].dgn"));
    contents.next();
    console.button("“Upload” as curl").click();
    var commands = console.dialog().locator(".curl code").textContent().split("\n");
    assertThat(commands).hasSize(3);
    var created = shell(commands[0], Map.of());
    var upload = found("\"uploadUrl\":\\{\"href\":\"([^\"]+)\"", created);
    var id = found("/([^/\"]+)/complete\"", created);
    Files.writeString(folder.resolve("model[1].dgn"), "content");
    assertThat(shell(commands[1], Map.of("UPLOAD_URL", upload))).contains(" 201 ");
    assertThat(shell(commands[2], Map.of("FILE_ID", id))).contains(" 200 ", "\"size\":7");
    assertThat(server.files(iTwin)).contains("model[1].dgn");
  }

  /** Runs a command in a shell as a person does who has put the token into a variable. */
  private static String shell(String command, Map<String, String> variables) throws Exception {
    var shell =
        new ProcessBuilder("sh", "-c", command)
            .redirectErrorStream(true)
            .directory(folder.toFile());
    shell.environment().put("TOKEN", server.client().token());
    shell.environment().putAll(variables);
    return new String(shell.start().getInputStream().readAllBytes(), UTF_8);
  }

  private static String found(String pattern, String text) {
    var matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  @Test
  void an_action_is_shown_as_a_curl_command_that_does_the_same() throws Exception {
    var iModel = ConsoleServer.unknownIModel();
    BROWSER.expect("status of 404.*:\\d+/(imodels|storage/files)/");
    var console = ConsolePage.signedIn(BROWSER, server.url(), "/console#/imodels/" + iModel);
    console.button("New connection").click();
    console.field("Name").fill("Peter's $HOME \"bridge\"");
    console.addFile("t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA");
    console.button("“Create” as curl").click();
    var command = console.dialog().locator(".curl code").textContent();
    assertThat(shell(command, Map.of())).contains("201 Created", "Peter's $HOME \\\"bridge\\\"");
    console.button("Close").click();
    console.button("Refresh").click();
    assertThat(console.link("Peter's $HOME \"bridge\"")).isVisible();
  }

  @Test
  void an_imodel_opens_by_its_id_and_is_remembered() {
    var iModel = server.iModel(server.iTwin("Remembered"), "Bridge 31");
    var console = ConsolePage.signedIn(BROWSER, server.url(), "/console");
    var id = console.page().getByLabel("iModel id");
    id.fill("seven");
    console.button("Open").click();
    assertThat(console.page().getByText("This is not a GUID.")).isVisible();
    id.fill(iModel);
    console.button("Open").click();
    assertThat(console.page().getByText("No connection yet.")).isVisible();
    console.link("iModels").click();
    assertThat(console.link("Bridge 31")).isVisible();
    console.button("Clear this list").click();
    assertThat(console.link("Bridge 31")).isHidden();
  }

  @Test
  void an_imodel_that_the_server_does_not_know_is_called_unknown_and_not_remembered() {
    var iModel = ConsoleServer.unknownIModel();
    BROWSER.expect("status of 404.*:\\d+/imodels/");
    var console = ConsolePage.signedIn(BROWSER, server.url(), "/console#/imodels/" + iModel);
    assertThat(console.page().getByText("The server does not know an iModel with this id"))
        .isVisible();
    console.link("iModels").click();
    assertThat(console.title()).hasText("iModels");
    assertThat(console.link(iModel)).isHidden();
  }

  @Test
  void an_address_with_a_mistake_is_not_shown_as_something_else() {
    var console = ConsolePage.signedIn(BROWSER, server.url(), "/console#/connections/short");
    assertThat(console.title()).hasText("Page not found");
    console.link("iModels").click();
    assertThat(console.title()).hasText("iModels");
  }

  @Test
  void the_notice_of_an_outage_ends_with_the_first_answer() {
    var page = BROWSER.page();
    BROWSER.expect("Failed to load resource: net::ERR_FAILED");
    var console = ConsolePage.signedIn(BROWSER, server.url(), "/console#/connections/short");
    var isAway = new AtomicBoolean(true);
    page.route(
        url -> url.matches(".*/(health|itwins|imodels|synchronization)\\b.*"),
        route -> {
          if (isAway.get() || route.request().url().contains("/health/")) {
            route.abort();
          } else {
            route.resume();
          }
        });
    console.link("iModels").click();
    assertThat(page.getByText("The server cannot be reached.")).isVisible();
    isAway.set(false);
    page.goBack();
    console.link("iModels").click();
    assertThat(page.getByText("The server cannot be reached.")).isHidden();
    assertThat(console.button("New iTwin")).isVisible();
  }

  @Test
  void an_answer_that_is_not_of_the_api_is_called_that() {
    var console = ConsolePage.signedIn(BROWSER, server.url(), "/console#/connections/short");
    console
        .page()
        .route(
            url -> url.contains("/itwins"),
            route ->
                route.fulfill(
                    new FulfillOptions().setContentType("text/html").setBody("<p>Log in</p>")));
    console.link("iModels").click();
    assertThat(console.page().getByText("The answer does not come from the API.")).isVisible();
  }

  @Test
  void a_folder_is_not_uploaded() throws Exception {
    var iTwin = server.iTwin("Folder");
    var iModel = server.iModel(iTwin, "Folder");
    var console = ConsolePage.signedIn(BROWSER, server.url(), "/console#/imodels/" + iModel);
    console.button("New connection").click();
    console.button("Choose or upload files …").click();
    var place = console.page().locator(".drop").boundingBox();
    drop(console, Files.createDirectory(folder.resolve("models")), place.x + 9, place.y + 9);
    assertThat(console.page().getByText("The browser cannot read this file.")).isVisible();
    assertThat(server.files(iTwin)).contains("\"items\":[]");
  }

  @Test
  void a_file_beside_the_place_for_it_does_not_replace_the_page_and_a_text_can_be_dropped() {
    var console = ConsolePage.signedIn(BROWSER, server.url(), "/console");
    var isPrevented =
        """
        isFile => {
          const data = new DataTransfer();
          isFile ? data.items.add(new File([''], 'beside.txt')) : data.items.add('text', 'text/plain');
          const drop = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
          return !document.body.dispatchEvent(drop);
        }\
        """;
    assertThat(console.page().evaluate(isPrevented, true)).isEqualTo(true);
    assertThat(console.page().evaluate(isPrevented, false)).isEqualTo(false);
  }

  /** Drops a file of this machine on a place of the page. */
  private static void drop(ConsolePage console, Path file, double x, double y) {
    var files = new JsonArray();
    files.add(file.toString());
    var data = new JsonObject();
    data.add("items", new JsonArray());
    data.add("files", files);
    data.addProperty("dragOperationsMask", 1);
    var protocol = console.page().context().newCDPSession(console.page());
    for (var type : List.of("dragEnter", "dragOver", "drop")) {
      var event = new JsonObject();
      event.addProperty("type", type);
      event.addProperty("x", x);
      event.addProperty("y", y);
      event.add("data", data);
      protocol.send("Input.dispatchDragEvent", event);
    }
  }

  @Test
  void what_the_browser_has_stored_cannot_break_the_page() {
    var console = ConsolePage.open(BROWSER, server.url());
    console
        .page()
        .evaluate("() => localStorage.setItem('storage-connections.recent-imodels', '{}')");
    console.signIn();
    assertThat(console.title()).hasText("iModels");
  }

  @Test
  void a_page_whose_server_is_not_ready_says_so_until_it_is() {
    var reads = new AtomicInteger();
    BROWSER.expect("status of 503");
    BROWSER
        .page()
        .route(
            url -> url.endsWith("/console/configuration.json"),
            route -> {
              if (reads.getAndIncrement() == 0) {
                route.fulfill(new FulfillOptions().setStatus(503).setBody("{}"));
              } else {
                route.resume();
              }
            });
    var console = ConsolePage.open(BROWSER, server.url());
    assertThat(console.page().getByText("The server cannot be reached.")).isVisible();
    assertThat(console.title()).hasText("Sign in");
    assertThat(console.page().getByText("The server cannot be reached.")).isHidden();
  }

  /** The network of a train: half a second for each request, and 50 kB a second. */
  @Test
  void a_slow_network_makes_the_console_slow_but_loses_nothing() {
    var iTwin = server.iTwin("Train");
    var iModel = server.iModel(iTwin, "Train");
    var page = BROWSER.page();
    var network = new JsonObject();
    network.addProperty("offline", false);
    network.addProperty("latency", 500);
    network.addProperty("downloadThroughput", 50_000);
    network.addProperty("uploadThroughput", 50_000);
    page.context().newCDPSession(page).send("Network.emulateNetworkConditions", network);
    page.setDefaultTimeout(30_000);
    var patient = new IsVisibleOptions().setTimeout(30_000);
    page.navigate(server.url() + "/console#/imodels/" + iModel);
    var console = new ConsolePage(page);
    console.button("Sign in as me").click();
    assertThat(page.getByText("Loading …").first()).isVisible(patient);
    assertThat(page.getByText("No connection yet.")).isVisible(patient);
    console.button("New connection").click();
    console.button("Choose or upload files …").click();
    console.upload(new FilePayload("pier.dgn", "application/octet-stream", new byte[60_000]));
    assertThat(page.getByText("Uploading pier.dgn")).isVisible(patient);
    console.button("Choose 1 file").click();
    console.button("Create").dblclick();
    assertThat(console.button("Run")).isVisible(patient);
    console.button("Run").dblclick();
    assertThat(page.getByText("1 of 1 file completed")).isVisible(patient);
    console.link("Train").click();
    assertThat(page.getByText("1 connection")).isVisible(patient);
    assertThat(page.locator(".virtual-body").getByText("succeeded")).isVisible(patient);
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
