package io.storageconnections.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.storageconnections.browser.fixture.ConsolePage.file;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import io.storageconnections.bootstrap.fixture.ApiClient;
import io.storageconnections.browser.fixture.ConsolePage;
import io.storageconnections.browser.fixture.ConsoleServer;
import io.storageconnections.browser.fixture.HeldRequests;
import io.storageconnections.browser.fixture.TestBrowser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Connections and their source files in the console. */
final class ConsoleMappingIT {

  @RegisterExtension private static final TestBrowser BROWSER = new TestBrowser();

  @TempDir private static Path folder;
  private static ConsoleServer server;

  private String iModel;
  private String pier;
  private String deck;

  @BeforeAll
  static void serve() throws Exception {
    server = ConsoleServer.start(folder, Map.of());
  }

  @AfterAll
  static void kill() throws InterruptedException {
    server.kill();
  }

  @BeforeEach
  void createFiles() {
    var iTwin = server.iTwin("Bridge 30");
    iModel = server.iModel(iTwin, "Bridge");
    pier = server.file(iTwin, "pier.dgn");
    deck = server.file(iTwin, "deck.ifc");
  }

  private ConsolePage mapping() {
    return ConsolePage.signedIn(BROWSER, server.url(), "/console#/imodels/" + iModel);
  }

  private static ConsolePage connection(String id) {
    return ConsolePage.signedIn(BROWSER, server.url(), "/console#/connections/" + id);
  }

  @Test
  void connections_are_shown_with_files_types_and_last_run_and_filtered_while_typing() {
    server.connection(iModel, "Piers", "MSTN", pier);
    server.connection(iModel, "Decks", "IFC", deck);
    var console = mapping();
    assertThat(console.page().getByText("2 connections")).isVisible();
    var row = console.page().locator(".virtual-body .virtual-row").first();
    assertThat(row).containsText("Piers");
    assertThat(row).containsText("pier.dgn");
    assertThat(row).containsText("MSTN");
    assertThat(row).containsText("never run");
    console.picture("console-mapping");
    var filter = console.page().getByLabel("Filter");
    filter.pressSequentially("deck.i");
    assertThat(console.page().getByText("1 of 2 connections")).isVisible();
    assertThat(console.link("Piers")).isHidden();
    filter.fill("nothing");
    assertThat(console.page().getByText("No connection matches the filter.")).isVisible();
  }

  @Test
  void the_connection_of_a_file_is_found_by_the_name_and_the_id_of_the_file() {
    server.connection(iModel, "Piers", "MSTN", pier);
    var console = mapping();
    console.button("Who has this file?").click();
    console.field("File id or name").fill(pier);
    console.button("Search").click();
    assertThat(console.dialog().getByText("pier.dgn is in")).isVisible();
    console.field("File id or name").fill("DECK");
    console.button("Search").click();
    assertThat(console.dialog().getByText("No connection has deck.ifc.").first()).isVisible();
    console.field("File id or name").fill("pier.d");
    console.button("Search").click();
    console.dialog().getByText("Piers").click();
    assertThat(console.title()).hasText("Piers");
  }

  @Test
  void a_conflict_is_shown_at_its_file_with_a_link_to_the_connection_that_has_it() {
    server.connection(iModel, "Piers", "MSTN", pier);
    var console = mapping();
    console.button("New connection").click();
    console.field("Name").fill("Second");
    chooseFromStorage(console, "deck.ifc", "pier.dgn");
    BROWSER.expect("status of 409");
    console.button("Create").click();
    var ofPier = console.field("pier.dgn").locator("xpath=ancestor::li");
    assertThat(ofPier.locator(".field-error")).containsText("is already mapped to the iModel by");
    assertThat(console.field("pier.dgn")).isFocused();
    assertThat(console.field("deck.ifc")).not().hasAttribute("aria-invalid", "true");
    console.picture("console-conflict");
    ofPier.locator("a").click();
    assertThat(console.title()).hasText("Piers");
    console.page().goBack();
    console.button("New connection").click();
    assertThat(console.field("Name")).hasValue("Second");
    console.button("Remove pier.dgn").click();
    assertThat(console.button("Choose or upload files …")).isFocused();
    console.button("Create").click();
    assertThat(console.title()).hasText("Second");
  }

  @Test
  void a_file_that_the_connection_has_already_is_refused_without_a_link_to_the_same_page() {
    var id = server.connection(iModel, "Piers", "MSTN", pier);
    var console = connection(id);
    console.button("Add files").click();
    console.addFile(pier);
    BROWSER.expect("status of 409");
    console.button("Add").click();
    assertThat(console.dialog().getByText("That is this connection.")).isVisible();
    assertThat(console.dialog().locator(".field-error a")).hasCount(0);
  }

  private static void chooseFromStorage(ConsolePage console, String... names) {
    console.button("Choose or upload files …").click();
    for (var name : names) {
      console.field(name).check();
    }
    console.button("Choose " + names.length + " files").click();
  }

  @Test
  void enter_in_a_part_of_the_form_does_not_send_it_and_a_cancelled_upload_keeps_it() {
    var console = mapping();
    console.button("New connection").click();
    console.field("Name").fill("Kept");
    console.button("Choose or upload files …").click();
    console.field("pier.dgn").press("Enter");
    console.page().locator("input[type=file]").dispatchEvent("cancel", Map.of("bubbles", true));
    console.field("pier.dgn").check();
    console.button("Choose 1 file").click();
    console.dialog().getByText("Add a file by its id").click();
    console.field("The storageFileId, 43 characters").fill(deck);
    console.field("The storageFileId, 43 characters").press("Enter");
    assertThat(console.dialog().locator(".chosen li")).hasCount(2);
    assertThat(console.field("Name")).hasValue("Kept");
    assertThat(console.page().getByText("No connection yet.")).isVisible();
  }

  @Test
  void every_violation_is_shown_at_its_field_in_the_words_of_the_api() {
    var console = mapping();
    console.button("New connection").click();
    console.field("Name").fill("x".repeat(256));
    BROWSER.expect("status of (404|422)");
    console.addFile("short");
    console.button("Create").click();
    assertThat(console.field("Name")).isFocused();
    assertThat(console.field("Name")).hasAttribute("aria-invalid", "true");
    assertThat(console.dialog().locator(".field-error").first()).containsText("displayName");
    assertThat(console.dialog().locator(".field-error").last())
        .containsText("Provided storageFileId value is not valid.");
    assertThat(console.dialog().locator(".notice ul")).hasCount(0);
  }

  @Test
  void a_connection_without_files_is_refused_at_its_files() {
    var console = mapping();
    console.button("New connection").click();
    BROWSER.expect("status of 422");
    console.button("Create").click();
    var files = console.dialog().locator("fieldset").last();
    assertThat(files.locator(".field-error")).containsText("At least one input file");
    assertThat(console.dialog().locator(".notice ul")).hasCount(0);
  }

  @Test
  void a_person_chooses_the_type_of_a_file_whose_name_does_not_tell_it() {
    var console = mapping();
    console.button("New connection").click();
    console.button("Choose or upload files …").click();
    console.upload(file("survey.unknown"));
    console.button("Choose 1 file").click();
    assertThat(console.page().getByText("The name does not tell the type of this file."))
        .isVisible();
    assertThat(console.field("survey.unknown")).hasValue("");
    console.button("Create").click();
    assertThat(console.field("survey.unknown")).isFocused();
    console.field("survey.unknown").selectOption("DWG");
    console.button("Create").click();
    assertThat(console.button("Connector type of survey.unknown: DWG")).isVisible();
  }

  @Test
  void the_name_and_the_type_of_a_file_that_is_added_by_its_id_are_found() {
    var console = mapping();
    console.button("New connection").click();
    console.dialog().getByText("Add a file by its id").click();
    console.field("The storageFileId, 43 characters").fill(deck);
    console.button("Add this id").click();
    assertThat(console.field("deck.ifc")).hasValue("IFC");
  }

  @Test
  void files_of_the_same_name_are_told_apart_by_the_end_of_their_ids() {
    var iTwin = server.iTwin("Twins");
    iModel = server.iModel(iTwin, "Twins");
    var first = server.file(iTwin, "same.dgn");
    var second = server.file(iTwin, "same.dgn");
    var id = server.connection(iModel, "Twins", "MSTN", first, second);
    var console = connection(id);
    for (var file : List.of(first, second)) {
      var name = "same.dgn (…" + file.substring(35) + ")";
      assertThat(console.button("Remove " + name)).isVisible();
    }
    console.button("Add files").click();
    console.button("Choose or upload files …").click();
    assertThat(console.dialog().locator(".items .hint").first())
        .hasText(Pattern.compile("7 bytes, .*\\d\\d:\\d\\d"));
  }

  @Test
  void a_file_that_another_client_has_changed_is_changed_after_a_second_look() {
    var id = server.connection(iModel, "Piers", "MSTN", pier);
    var console = connection(id);
    console.button("Connector type of pier.dgn: MSTN").click();
    console.field("Connector type of pier.dgn").selectOption("CIVIL3D");
    var files = server.url() + ApiClient.PATH + "/" + id + "/sourcefiles";
    var file = server.client().get(files).body().replaceFirst(".*?\"id\":\"([^\"]+)\".*", "$1");
    var change = "{\"storageFileId\":\"" + pier + "\",\"connectorType\":\"DWG\"}";
    assertThat(server.client().put(files + "/" + file, change).statusCode()).isEqualTo(200);
    BROWSER.expect("status of 412");
    console.button("Save").click();
    console.button("Load the current version").click();
    assertThat(console.dialog().getByText("Another client has saved: DWG")).isVisible();
    assertThat(console.field("Connector type of pier.dgn")).hasValue("CIVIL3D");
    console.button("Save").click();
    assertThat(console.button("Connector type of pier.dgn: CIVIL3D")).isVisible();
  }

  @Test
  void a_change_of_another_client_is_not_overwritten_and_the_input_stays() {
    var id = server.connection(iModel, "Piers", "MSTN", pier);
    var console = connection(id);
    console.button("Edit").click();
    console.field("Name").fill("Mine");
    server.client().put(server.url() + ApiClient.PATH + "/" + id, "{\"displayName\":\"Theirs\"}");
    BROWSER.expect("status of 412");
    console.button("Save").click();
    assertThat(console.dialog().getByText("Read it again, then decide.")).isVisible();
    assertThat(server.connectionOf(id)).contains("Theirs");
    console.button("Load the current version").click();
    assertThat(console.dialog().getByText("Another client has saved: Theirs")).isVisible();
    assertThat(console.field("Name")).hasValue("Mine");
    console.button("Save").click();
    assertThat(console.title()).hasText("Mine");
    assertThat(server.connectionOf(id)).contains("Mine");
  }

  @Test
  void a_second_change_of_another_client_is_not_overwritten_either() {
    var id = server.connection(iModel, "Piers", "MSTN", pier);
    var url = server.url() + ApiClient.PATH + "/" + id;
    var console = connection(id);
    console.button("Edit").click();
    console.field("a service").check();
    BROWSER.expect("status of 412");
    for (var name : List.of("First", "Second")) {
      server.client().put(url, "{\"displayName\":\"" + name + "\"}");
      console.button("Save").click();
      console.button("Load the current version").click();
      assertThat(console.field("Name")).hasValue(name);
    }
    assertThat(console.button("Save")).isFocused();
    console.button("Save").click();
    assertThat(console.title()).hasText("Second");
    assertThat(server.connectionOf(id)).contains("Second", "Service");
  }

  @Test
  void what_a_person_has_cancelled_does_not_return() {
    var console = mapping();
    console.button("New connection").click();
    var names = HeldRequests.of(console.page(), "/storage/files/[^/]+");
    console.addFile(pier);
    var name = names.next();
    console.field("Name").fill("Cancelled");
    console.button("Cancel").click();
    console.page().waitForResponse("**/storage/files/*", name::resume);
    console.button("New connection").click();
    assertThat(console.field("Name")).hasValue("");
    assertThat(console.page().getByText("No file chosen yet.")).isVisible();
  }

  @Test
  void a_member_that_only_another_client_has_changed_keeps_that_change() {
    var id = server.connection(iModel, "Piers", "MSTN", pier);
    var console = connection(id);
    console.button("Edit").click();
    console.field("Name").fill("Mine");
    var change = "{\"authenticationType\":\"Service\"}";
    server.client().put(server.url() + ApiClient.PATH + "/" + id, change);
    BROWSER.expect("status of 412");
    console.button("Save").click();
    console.button("Load the current version").click();
    assertThat(console.dialog().getByText("Another client has saved: a service")).isVisible();
    assertThat(console.dialog().getByText("Another client has saved:")).hasCount(1);
    assertThat(console.field("a service")).isChecked();
    console.button("Save").click();
    assertThat(console.title()).hasText("Mine");
    assertThat(server.connectionOf(id)).contains("Mine", "Service");
  }

  @Test
  void files_are_added_given_another_type_and_removed() {
    var id = server.connection(iModel, "Piers", "MSTN", pier);
    var console = connection(id);
    console.button("Add files").click();
    console.button("Choose or upload files …").click();
    console.upload(file("extra.dwg"));
    console.button("Choose 1 file").click();
    console.button("Add").click();
    assertThat(console.page().getByText("1 file added.")).isVisible();
    console.button("Connector type of extra.dwg: DWG").click();
    var type = console.field("Connector type of extra.dwg");
    assertThat(type.locator("optgroup").first()).hasAttribute("label", "For this kind of file");
    assertThat(type.locator("optgroup").first().locator("option"))
        .hasText(new String[] {"DWG", "AUTOPLANT", "CIVIL3D", "MSTN"});
    type.selectOption("CIVIL3D");
    console.button("Save").click();
    assertThat(console.button("Connector type of extra.dwg: CIVIL3D")).isVisible();
    console.button("Remove pier.dgn").click();
    console.button("Remove").click();
    assertThat(console.button("Remove pier.dgn")).isHidden();
    assertThat(console.page().locator("h2#files")).isFocused();
    var files = server.client().get(server.url() + ApiClient.PATH + "/" + id + "/sourcefiles");
    assertThat(files.body()).doesNotContain(pier);
  }

  @Test
  void a_connection_is_deleted_after_a_question() {
    var id = server.connection(iModel, "Piers", "MSTN", pier);
    var console = connection(id);
    console.button("Delete").click();
    console.button("Cancel").click();
    console.button("Delete").click();
    console.dialog().locator("button[type=submit]").click();
    assertThat(console.page().getByText("No connection yet.")).isVisible();
    assertThat(server.connectionOf(id)).contains("StorageConnectionNotFound");
  }

  @Test
  void a_connection_that_does_not_exist_is_shown_as_the_api_says() {
    var id = server.connection(iModel, "Piers", "MSTN", pier);
    server.client().delete(server.url() + ApiClient.PATH + "/" + id);
    BROWSER.expect("status of 404");
    var console = connection(id);
    assertThat(console.page().getByRole(AriaRole.ALERT).last()).containsText("is not available");
    assertThat(console.title()).hasText("Connection");
  }
}
