package io.storageconnections.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.bootstrap.jar.JarProcess;
import io.storageconnections.browser.fixture.TestBrowser;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The pages of the documentation, in a browser without access to other machines. */
final class DocsPageIT {

  @RegisterExtension private static final TestBrowser BROWSER = new TestBrowser();

  @TempDir private static Path folder;
  private static JarProcess server;
  private static String url;

  @BeforeAll
  static void serve() throws Exception {
    server = JarProcess.run(folder, Map.of("STORAGE_CONNECTIONS_HTTP_PORT", "0"), "serve");
    url = server.url();
  }

  @AfterAll
  static void kill() throws InterruptedException {
    server.kill();
  }

  @Test
  void the_documentation_page_shows_all_operations() {
    var page = shown("/docs", "Create a storage connection");
    assertThat(page)
        .contains("data-path=\"/synchronization/imodels/storageconnections\"")
        .contains("List the connector types", "Authorize")
        .doesNotContain("errors-wrapper", "Failed to load", "Unable to render");
    assertThat(occurrences(page, "class=\"opblock-summary-path\""))
        .isEqualTo(occurrences(page, "class=\"opblock-summary-method\""))
        .isGreaterThan(20);
  }

  @Test
  void a_link_can_lead_to_the_documentation_of_an_operation() {
    var page =
        shown("/docs#/Storage%20connections/createStorageConnection", "Only the required members");
    assertThat(page)
        .contains("Try it out", "X-Correlation-Id", "FileMappingToTheIModelAlreadyExists")
        .doesNotContain("errors-wrapper", "Could not render");
  }

  @Test
  void the_authorization_page_says_that_the_user_may_close_it() {
    assertThat(shown("/synchronization/authorization", "You may close this window."))
        .contains("<h1");
  }

  private static int occurrences(String page, String text) {
    return page.split(Pattern.quote(text), -1).length - 1;
  }

  /** Returns the content of a page after its scripts have made a text. */
  private static String shown(String path, String text) {
    var page = BROWSER.page();
    page.navigate(url + path);
    page.waitForCondition(() -> page.content().contains(text));
    return page.content();
  }
}
