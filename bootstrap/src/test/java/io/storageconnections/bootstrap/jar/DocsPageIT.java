package io.storageconnections.bootstrap.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of the jar in a browser without access to other machines. */
final class DocsPageIT {

  private static final String NO_BROWSER =
      "SKIPPED: the pages are not tested, because there is no chromium on the PATH. To install it:"
          + " apt-get install chromium";

  @TempDir private Path folder;
  private JarProcess server;

  @BeforeEach
  void serve() throws IOException {
    server = JarProcess.run(folder, Map.of("STORAGE_CONNECTIONS_HTTP_PORT", "0"), "serve");
  }

  @AfterEach
  void kill() throws InterruptedException {
    server.kill();
  }

  @Test
  void the_documentation_page_shows_all_operations() throws Exception {
    var page = shown("/docs");
    assertThat(page)
        .contains("data-path=\"/synchronization/imodels/storageconnections\"")
        .contains("Create a storage connection", "List the connector types", "Authorize")
        .doesNotContain("errors-wrapper", "Failed to load", "Unable to render");
    assertThat(occurrences(page, "class=\"opblock-summary-path\""))
        .isEqualTo(occurrences(page, "class=\"opblock-summary-method\""))
        .isGreaterThan(20);
  }

  @Test
  void a_link_can_lead_to_the_documentation_of_an_operation() throws Exception {
    var page = shown("/docs#/Storage%20connections/createStorageConnection");
    assertThat(page)
        .contains(
            "Try it out",
            "X-Correlation-Id",
            "FileMappingToTheIModelAlreadyExists",
            "Only the required members")
        .doesNotContain("errors-wrapper", "Could not render");
  }

  @Test
  void the_authorization_page_says_that_the_user_may_close_it() throws Exception {
    assertThat(shown("/synchronization/authorization")).contains("You may close this window.");
  }

  private static int occurrences(String page, String text) {
    return page.split(Pattern.quote(text), -1).length - 1;
  }

  /** Returns the content of a page after its scripts have run. */
  private String shown(String path) throws IOException, InterruptedException {
    var chromium = chromium();
    if (chromium.isEmpty()) {
      System.err.println(NO_BROWSER);
    }
    assumeTrue(chromium.isPresent(), NO_BROWSER);
    var page = folder.resolve("page.html");
    var err = folder.resolve("chromium.txt");
    var process =
        new ProcessBuilder(
                chromium.get().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--user-data-dir=" + folder.resolve("chromium"),
                "--virtual-time-budget=15000",
                "--dump-dom",
                server.url() + path)
            .redirectOutput(page.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("chromium does not end: " + Files.readString(err));
    }
    assertThat(process.exitValue()).as(Files.readString(err)).isZero();
    return Files.readString(page);
  }

  private static Optional<Path> chromium() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "chromium"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
