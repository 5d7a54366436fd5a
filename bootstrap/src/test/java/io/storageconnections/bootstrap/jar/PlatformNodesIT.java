package io.storageconnections.bootstrap.jar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.bootstrap.fixture.ApiClient;
import io.storageconnections.bootstrap.fixture.Await;
import io.storageconnections.bootstrap.fixture.PlatformClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes of the jar that keep iTwins, iModels and Storage themselves, on one PostgreSQL database
 * and one blob folder. Some are killed while they work.
 */
@Tag("long")
final class PlatformNodesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private static Path common;
  private static PostgresProcess postgres;

  private final Random random = new Random(20261126);
  private String database;
  @TempDir private Path folder;
  @RegisterExtension final JarProcesses jars = new JarProcesses();

  @BeforeAll
  static void start() throws IOException {
    postgres = PostgresProcess.startedIn(common);
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  @BeforeEach
  void createDatabase() throws SQLException {
    database = postgres.emptyDatabase();
  }

  private Path blobs() {
    return folder.resolve("blobs");
  }

  private JarProcess serve(Path blobFolder) throws IOException {
    return jars.add(
        JarProcess.run(
            folder,
            Map.of(
                "STORAGE_CONNECTIONS_DATABASE_URL",
                postgres.url(database),
                "STORAGE_CONNECTIONS_HTTP_PORT",
                "0",
                "STORAGE_CONNECTIONS_PUBLIC_URL",
                "https://nodes.example.com",
                "STORAGE_CONNECTIONS_IMODELS_DIRECTORY",
                "own",
                "STORAGE_CONNECTIONS_BLOB_FOLDER",
                blobFolder.toString(),
                "STORAGE_CONNECTIONS_UPLOAD_LIFETIME",
                "1s",
                "STORAGE_CONNECTIONS_RATE_LIMIT_REQUESTS_PER_MINUTE",
                "0"),
            "serve"));
  }

  private static PlatformClient client(JarProcess node) throws Exception {
    return new PlatformClient(node.client());
  }

  /** Returns a URL of the cluster as a URL of one node. */
  private static String at(PlatformClient node, String publicUrl) {
    var uri = URI.create(publicUrl);
    return node.api().url() + uri.getRawPath();
  }

  @Test
  void an_upload_may_begin_go_on_end_and_be_read_at_different_nodes() throws Exception {
    var nodes = Arrays.asList(serve(blobs()), serve(blobs()));
    var one = client(nodes.getFirst());
    var other = client(nodes.getLast());
    var upload = one.announce(one.iTwin(), "pier.dgn");
    var put = PlatformClient.put(at(other, upload.url()), BodyPublishers.ofString("design"));
    assertThat(put.statusCode()).isEqualTo(201);
    assertThat(one.api().post(at(one, upload.completeUrl()), "").statusCode()).isEqualTo(200);
    assertThat(download(other, upload.file())).isEqualTo("design");
    nodes.getFirst().kill();
    assertThat(download(client(serve(blobs())), upload.file())).isEqualTo("design");
  }

  private static String download(PlatformClient node, String file) throws Exception {
    var answer = node.downloadAt(location -> at(node, location), file);
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void a_node_that_does_not_share_the_blob_folder_does_not_start() throws Exception {
    // Both start on an empty database, so that neither finds the content of the other missing.
    var one = serve(blobs());
    var other = serve(folder.resolve("blobs-of-its-own"));
    Await.until(PATIENCE, "one node ends", () -> !one.isAlive() || !other.isAlive());
    var refused = one.isAlive() ? other : one;
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("all nodes of a database need the same blob folder");
    assertThat(client(refused == one ? other : one).iTwin()).isNotEmpty();
  }

  // ---- kills during uploads ---------------------------------------------------------------------

  /** A file whose content is replaced again and again: {@code size(n)} bytes of the value n. */
  private static final class ReplacedFile {

    private final String id;
    private final AtomicInteger begun = new AtomicInteger();
    private volatile int acknowledged;

    ReplacedFile(String id) {
      this.id = id;
    }

    private static byte[] content(int number) {
      var bytes = new byte[50_000 + number * 40_009 % 1_000_000];
      Arrays.fill(bytes, (byte) ('a' + number % 26));
      return bytes;
    }

    /** Replaces the content once. The caller is the only one that does so. */
    void replace(PlatformClient node) throws Exception {
      var number = begun.incrementAndGet();
      var upload = node.announceUpdate(id);
      var put =
          PlatformClient.put(at(node, upload.url()), BodyPublishers.ofByteArray(content(number)));
      if (put.statusCode() == 201) {
        acknowledged = number;
      }
    }

    void assertWhole(PlatformClient node) throws Exception {
      var found = download(node, id);
      var possible =
          IntStream.rangeClosed(acknowledged, begun.get())
              .mapToObj(number -> new String(ReplacedFile.content(number), UTF_8))
              .toList();
      assertThat(possible.contains(found))
          .as("%d bytes, after %d of %d uploads", found.length(), acknowledged, begun.get())
          .isTrue();
    }
  }

  @Test
  void a_kill_during_uploads_loses_no_acknowledged_content_and_leaves_no_rests() throws Exception {
    var nodes = new ArrayList<>(List.of(serve(blobs()), serve(blobs())));
    var first = client(nodes.getFirst());
    var iTwin = first.iTwin();
    var files = new ArrayList<ReplacedFile>();
    for (int i = 0; i < 4; i++) {
      var content = new String(ReplacedFile.content(0), UTF_8);
      files.add(new ReplacedFile(first.fileAt(url -> at(first, url), iTwin, i + ".dgn", content)));
    }
    for (int round = 0; round < JarProcess.kills(3); round++) {
      var killed = random.nextInt(2);
      try (var threads = Executors.newFixedThreadPool(files.size())) {
        var target = client(nodes.get(killed));
        for (var file : files) {
          threads.execute(() -> replaceUntilKilled(file, target));
        }
        TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(1_500));
        nodes.get(killed).kill();
      }
      nodes.set(killed, serve(blobs()));
      for (var node : nodes) {
        for (var file : files) {
          file.assertWhole(client(node));
        }
      }
    }
    // A node sweeps when it starts, and uploads are given up after a second.
    serve(blobs()).url();
    Await.until(
        Duration.ofSeconds(90),
        "the sweep of uploads",
        () ->
            number(
                        """
                        select (select count(*) from local_platform_upload)
                          + (select count(*) from local_platform_blob where state not in ('current', 'unused'))
                        """)
                    == 0
                && blobFiles().equals(blobRows()));
    assertThat(number("select count(*) from local_platform_blob where state = 'current'"))
        .isEqualTo(files.size());
  }

  private static void replaceUntilKilled(ReplacedFile file, PlatformClient node) {
    // Bounded, in case the kill fails.
    for (int i = 0; i < 10_000; i++) {
      try {
        file.replace(node);
      } catch (IOException | UncheckedIOException killed) {
        return;
      } catch (Exception failure) {
        throw new AssertionError(failure);
      }
    }
  }

  private long number(String query) {
    try {
      return postgres.number(database, query);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private Set<String> blobRows() {
    try {
      return new TreeSet<>(
          postgres.texts(database, "select cast(blob_id as varchar) from local_platform_blob"));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the names of all files in the blob folder, also those of uploads in progress. */
  private Set<String> blobFiles() {
    try (var all = Files.walk(blobs())) {
      return all.filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("folder-id"))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException | UncheckedIOException changed) {
      // The sweep deletes files meanwhile.
      return Set.of();
    }
  }

  // ---- kills during deletions -------------------------------------------------------------------

  @Test
  void an_interrupted_deletion_of_an_itwin_is_ended_by_the_next_start() throws Exception {
    var survivor = client(serve(blobs()));
    for (int round = 0; round < JarProcess.kills(3); round++) {
      var node = serve(blobs());
      var client = client(node);
      var iTwin = client.iTwin();
      var iModel = client.iModel(iTwin);
      var connections = new ArrayList<String>();
      for (int i = 0; i < 30; i++) {
        var file = client.fileAt(url -> at(client, url), iTwin, i + ".dgn", "design " + i);
        connections.add(
            PlatformClient.id(client.api().create(PlatformClient.connectionRequest(iModel, file))));
      }
      try (var deletion = Executors.newSingleThreadExecutor()) {
        deletion.execute(() -> {
          try {
            client.api().delete(client.api().url() + "/itwins/" + iTwin);
          } catch (UncheckedIOException killed) {
            assertThat(killed).isNotNull();
          }
        });
        TimeUnit.MILLISECONDS.sleep(random.nextInt(60));
        node.kill();
      }
      var begun =
          number("select count(*) from local_platform_itwin where is_deleting") > 0
              || survivor.api().get(survivor.api().url() + "/itwins/" + iTwin).statusCode() == 404;
      if (!begun) {
        survivor.api().delete(survivor.api().url() + "/itwins/" + iTwin);
      }
      serve(blobs()).url();
      Await.until(
          PATIENCE,
          "nothing is left of the iTwin",
          () ->
              number(
                          """
                          select (select count(*) from local_platform_itwin where itwin_id = '%1$s')
                            + (select count(*) from local_platform_member where itwin_id = '%1$s')
                            + (select count(*) from local_platform_file where itwin_id = '%1$s')
                            + (select count(*) from local_platform_folder where itwin_id = '%1$s')
                            + (select count(*) from storage_connection where imodel_id = '%2$s')
                            + (select count(*) from local_platform_imodel
                               where imodel_id = '%2$s' and state <> 'deleted')
                            + (select count(*) from local_platform_blob)
                          """
                              .formatted(iTwin, iModel))
                      == 0
                  && blobFiles().isEmpty());
      for (var connection : connections) {
        var url = survivor.api().url() + ApiClient.PATH + "/" + connection;
        assertThat(survivor.api().get(url).statusCode()).isEqualTo(404);
      }
    }
  }
}
