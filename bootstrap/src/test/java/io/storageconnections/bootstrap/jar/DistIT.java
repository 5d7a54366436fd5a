package io.storageconnections.bootstrap.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.storageconnections.bootstrap.fixture.ApiClient;
import io.storageconnections.bootstrap.fixture.FreePort;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packages that {@code mvn -Pdist package} builds, installed into a bare Debian, which has no
 * Java. The server runs there as an unprivileged user in another working folder, on a file system
 * of which it can write to its state folder only.
 */
final class DistIT {

  private static final int PATIENCE_MINUTES = 5;

  /** The build folder, which contains the packages. */
  private static final Path DIST = Path.of(System.getProperty("dist.folder", "target"));

  /** A bare Debian, which a second run of the test uses again. */
  private static final Path BARE = DIST.resolve("bookworm");

  private static final String STATE = "/var/lib/storage-connections";

  /**
   * Enters the tree, read-only but for the state folder, without privileges. Arguments: the tree,
   * the user, the working folder, and the command with its arguments.
   */
  private static final String ENTER =
      """
      set -e
      tree=$1 user=$2 folder=$3
      shift 3
      group=$(chroot "$tree" id -g "$user")
      mount --bind "$tree" "$tree"
      mount --rbind /proc "$tree/proc"
      mount --rbind /dev "$tree/dev"
      mount --bind "$tree%1$s" "$tree%1$s"
      mount -o remount,bind,ro "$tree"
      exec chroot "$tree" setpriv --reuid="$user" --regid="$group" --clear-groups --no-new-privs \
        env -i PATH=/usr/bin:/bin sh -c 'cd "$1" && shift && exec env "$@"' sh "$folder" "$@"
      """
          .formatted(STATE);

  @TempDir private Path folder;

  @RegisterExtension final JarProcesses processes = new JarProcesses();

  private final String port = "STORAGE_CONNECTIONS_HTTP_PORT=" + FreePort.find();
  private Path tree = Path.of("none");

  /** Makes a bare Debian, once. */
  @BeforeAll
  static void unpackDebian() throws Exception {
    assumeTrue(
        System.getProperty("dist.folder") != null,
        "SKIPPED: the packages are built and tested with -Pdist only");
    for (var tool : List.of("debootstrap", "dpkg-deb", "unshare", "setpriv")) {
      assumeTrue(isOnPath(tool), "SKIPPED: the packages are not tested without " + tool);
    }
    assumeTrue(
        output("id", "-u").equals("0\n"), "SKIPPED: only root can install the packages for a test");
    if (!Files.exists(BARE)) {
      var unfinished = BARE + ".unfinished";
      output("rm", "-rf", unfinished);
      output("debootstrap", "--variant=minbase", "bookworm", unfinished);
      output("mv", unfinished, BARE.toString());
    }
  }

  @AfterEach
  void deleteTheTree() throws Exception {
    // JUnit would warn of each symbolic link.
    output("rm", "-rf", tree.toString(), folder.resolve("bundle").toString());
  }

  @Test
  void the_debian_package_serves_as_its_own_user_on_a_read_only_file_system() throws Exception {
    copyDebian();
    install();
    var user = "storage-connections";
    assertThat(inside(user, "/", "sh", "-c", "! command -v java && ! touch /tmp/x").exitCode())
        .isZero();
    var server = inside(user, "/usr", port, jvmOptions(""), "storage-connections", "serve");
    var pid = "" + server.pid();
    var ready =
        inside(
            user, "/usr", port, "storage-connections", "ready", "--timeout", "120", "--pid", pid);
    assertThat(ready.exitCode()).as(server.err() + ready.err()).isZero();
    assertThat(server.client().create(ApiClient.DOCUMENTED_REQUEST).statusCode()).isEqualTo(201);
    assertThat(state().resolve("storage-connections.mv.db")).exists();
    server.terminate();
    assertThat(server.exitCode()).isZero();
  }

  @Test
  void the_archive_serves_at_a_path_with_a_space_through_symbolic_links() throws Exception {
    copyDebian();
    var place = Files.createDirectories(tree.resolve("srv/a b"));
    output("tar", "-xzf", built("-linux-.*[.]tar[.]gz").toString(), "-C", place.toString());
    Files.createSymbolicLink(
        tree.resolve("srv/current"), Path.of("a b").resolve(unpacked().getFileName()));
    Files.createSymbolicLink(
        tree.resolve("usr/local/bin/sc"), Path.of("../../../srv/current/bin/storage-connections"));
    Files.createDirectory(state());
    output("chown", "nobody", state().toString());
    var server =
        inside("nobody", STATE, port, jvmOptions(" -Xmx64m"), "/usr/local/bin/sc", "serve");
    assertThat(server.client().create(ApiClient.DOCUMENTED_REQUEST).statusCode()).isEqualTo(201);
    assertThat(Files.readString(Path.of("/proc/" + server.pid() + "/cmdline")))
        .contains("-XX:MaxRAMPercentage=50\0", "\0-Xmx64m\0", "/srv/a b/");
    // In the working folder, because the settings file of the archive sets nothing.
    assertThat(state().resolve("data/storage-connections.mv.db")).exists();
    server.terminate();
    assertThat(server.exitCode()).isZero();
  }

  @Test
  void a_removed_package_leaves_settings_and_data_and_a_purged_one_does_not() throws Exception {
    copyDebian();
    install();
    var data = Files.createFile(state().resolve("data"));
    var settings = tree.resolve("etc/storage-connections/storage-connections.properties");
    output("chroot", tree.toString(), "dpkg", "--remove", "storage-connections");
    assertThat(data).exists();
    assertThat(settings).exists();
    assertThat(tree.resolve("usr/lib/storage-connections")).doesNotExist();
    output("chroot", tree.toString(), "dpkg", "--purge", "storage-connections");
    assertThat(data).doesNotExist();
    assertThat(settings.getParent()).doesNotExist();
  }

  @Test
  void an_upgrade_keeps_changed_settings() throws Exception {
    copyDebian();
    install();
    var settings = tree.resolve("etc/storage-connections/storage-connections.properties");
    Files.writeString(settings, "storage-connections.http.port = 1\n");
    install();
    assertThat(settings).hasContent("storage-connections.http.port = 1\n");
    assertThat(output("stat", "-c", "%a", settings.toString())).isEqualTo("640\n");
  }

  @Test
  void the_programs_and_libraries_of_the_runtime_need_only_the_c_library() throws Exception {
    copyDebian();
    install();
    var linked =
        output(
            "chroot",
            tree.toString(),
            "sh",
            "-c",
            "cd /usr/lib/storage-connections/runtime && export LD_LIBRARY_PATH=$PWD/lib/server &&"
                + " find . -name '*.so' -exec ldd {} + && ldd bin/java lib/jspawnhelper");
    assertThat(linked.lines().filter(line -> line.contains("=> not found"))).isEmpty();
    assertThat(linked.lines().filter(line -> line.contains("=> /lib")))
        .isNotEmpty()
        .allMatch(line -> line.matches("\\s+lib(c|dl|m|pthread|rt)\\.so\\.\\d+ => .*"));
    assertThat(output("dpkg-deb", "--field", built("_.*[.]deb").toString(), "Depends"))
        .isEqualTo("libc6 (>= 2.17)\n");
  }

  @Test
  void systemd_accepts_the_unit() throws Exception {
    assumeTrue(isOnPath("systemd-analyze"), "SKIPPED: the unit is not checked without systemd");
    var unit = Files.readString(unpacked().resolve("storage-connections.service"));
    assertThat(unit).contains("ExecStart=/usr/bin/storage-connections serve");
    // systemd-analyze checks that the programs exist on this machine.
    var copy =
        Files.writeString(
            folder.resolve("storage-connections.service"),
            unit.replace(
                "/usr/bin/storage-connections",
                unpacked().resolve("bin/storage-connections").toString()));
    assertThat(output("systemd-analyze", "verify", "--man=no", copy.toString())).isEmpty();
  }

  @Test
  void an_image_is_built_and_runs_without_a_container_engine() throws Exception {
    assumeTrue(
        isOnPath("umoci") && isOnPath("runc"),
        "SKIPPED: the image is not tested without umoci and runc");
    var version = unpacked().getFileName().toString().replaceFirst("storage-connections-", "");
    output("sh", "src/main/dist/image.sh", BARE.toString(), version, DIST.toString());
    assertThat(built("-linux-.*-oci[.]tar")).isNotEmptyFile();
    var bundle = folder.resolve("bundle");
    var layout = DIST.resolve("dist/image/layout");
    output("umoci", "unpack", "--image", layout + ":" + version, bundle.toString());
    var configuration = bundle.resolve("config.json");
    Files.writeString(
        configuration,
        Files.readString(configuration).replaceFirst("\"terminal\": *true", "\"terminal\": false"));
    var name = "storage-connections-test-" + ProcessHandle.current().pid();
    var server = start(List.of("runc", "run", "--bundle", bundle.toString(), name));
    try {
      server.url();
      var launcher = "/opt/storage-connections/bin/storage-connections";
      assertThat(output("runc", "exec", name, launcher, "ready", "--timeout", "120"))
          .startsWith("Ready: ");
    } finally {
      output("runc", "kill", name, "TERM");
    }
    assertThat(server.exitCode()).isZero();
  }

  private void copyDebian() throws Exception {
    tree = folder.resolve("tree");
    output("cp", "-a", BARE.toString(), tree.toString());
  }

  private void install() throws Exception {
    Files.copy(built("_.*[.]deb"), tree.resolve("package.deb"));
    output("chroot", tree.toString(), "dpkg", "--force-confold", "--install", "/package.deb");
    Files.delete(tree.resolve("package.deb"));
  }

  private Path state() {
    return tree.resolve(STATE.substring(1));
  }

  /** Starts a command in the tree, with variables before its name. */
  private JarProcess inside(String user, String workingFolder, String... command)
      throws IOException {
    return start(
        Stream.concat(
                Stream.of(
                    "unshare",
                    "--mount",
                    "sh",
                    "-c",
                    ENTER,
                    "sh",
                    tree.toString(),
                    user,
                    workingFolder),
                Arrays.stream(command))
            .toList());
  }

  private JarProcess start(List<String> command) throws IOException {
    return processes.add(JarProcess.start(command, folder, Map.of()));
  }

  /** Makes the JVM refuse to start without the AOT cache of the package, if that has one. */
  private static String jvmOptions(String more) throws IOException {
    var cache = unpacked().resolve("lib/storage-connections.aot");
    return "JAVA_OPTS=" + (Files.exists(cache) ? "-XX:AOTMode=on" : "-showversion") + more;
  }

  /** Returns the folder from which the packages were made. */
  private static Path unpacked() throws IOException {
    return only(DIST.resolve("dist"), "storage-connections-.*");
  }

  /** Returns the package whose name ends like this. */
  private static Path built(String ending) throws IOException {
    return only(DIST, "storage-connections.*" + ending);
  }

  private static Path only(Path folder, String name) throws IOException {
    try (var files = Files.list(folder)) {
      var found = files.filter(file -> file.getFileName().toString().matches(name)).toList();
      assertThat(found).hasSize(1);
      return found.getFirst();
    }
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Runs a program that must succeed, and returns what it prints. */
  private static String output(String... command) throws IOException, InterruptedException {
    var out = Files.createTempFile("dist", ".txt");
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(String.join(" ", command) + " does not end");
      }
      assertThat(process.exitValue())
          .as("%s: %s", String.join(" ", command), Files.readString(out))
          .isZero();
      return Files.readString(out);
    } finally {
      Files.delete(out);
    }
  }
}
