package io.storageconnections.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import io.storageconnections.bootstrap.jar.JarProcess;
import io.storageconnections.browser.fixture.ConsolePage;
import io.storageconnections.browser.fixture.TestBrowser;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The console of the jar. */
final class ConsoleIT {

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
  void the_address_of_the_server_leads_to_the_console() throws Exception {
    var console = ConsolePage.open(BROWSER, url);
    assertThat(console.page()).hasURL(url + "/console");
    assertThat(console.page()).hasTitle(Pattern.compile("Storage Connections"));
    assertThat(console.page().getByRole(AriaRole.HEADING).first()).hasText("Sign in");
    assertThat(console.accessibilityViolations()).isEmpty();
    assertThat(console.page().context().cookies()).isEmpty();
    assertThat(server.out())
        .contains("The console is at " + url + "/console" + System.lineSeparator());
  }
}
