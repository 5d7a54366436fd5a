package io.storageconnections.bootstrap.jar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs the script of the example {@code first-hour}, which uses curl alone, against the jar. */
final class FirstHourIT {

  private static final Path SCRIPT =
      Path.of("..", "examples", "first-hour", "first-hour.sh").toAbsolutePath().normalize();

  @TempDir private Path folder;
  @RegisterExtension final JarProcesses jars = new JarProcesses();

  @Test
  void the_script_succeeds_on_the_default_server_and_again_after_a_kill() throws Exception {
    assumeTrue(isOnPath("bash") && isOnPath("curl"), "tools are missing");
    var first = serve("open");
    runScript(first.url());
    first.kill();
    runScript(serve("open").url());
  }

  @Test
  void the_script_succeeds_on_a_server_that_gives_access_to_members_only() throws Exception {
    assumeTrue(isOnPath("bash") && isOnPath("curl"), "tools are missing");
    runScript(serve("own").url());
  }

  private JarProcess serve(String directory) throws IOException {
    return jars.add(
        JarProcess.run(
            folder,
            Map.of(
                "STORAGE_CONNECTIONS_HTTP_PORT",
                "0",
                "STORAGE_CONNECTIONS_IMODELS_DIRECTORY",
                directory),
            "serve"));
  }

  private void runScript(String url) throws Exception {
    var out = folder.resolve("script.log");
    var script =
        new ProcessBuilder("bash", SCRIPT.toString(), url)
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      assertThat(script.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(script.exitValue()).as("%s", Files.readString(out, UTF_8)).isZero();
      assertThat(out).content(UTF_8).endsWith("Done\n");
    } finally {
      script.destroyForcibly();
    }
  }

  private static boolean isOnPath(String tool) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }
}
