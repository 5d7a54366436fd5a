package io.storageconnections.platform.http.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.storageconnections.application.contract.Race;
import io.storageconnections.platform.AccessMode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads and downloads by signed URLs. */
class ContentTransferTest {

  @TempDir private Path blobFolder;
  private StorageServer server;
  private String root;
  private String members;

  @BeforeEach
  void start() {
    server = new StorageServer(AccessMode.OWN, blobFolder);
    var iTwin = server.newITwin("ann");
    root = StorageServer.rootOf(iTwin);
    members = "/itwins/" + iTwin + "/members";
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String newUpload() {
    return server.create("ann", root, "a.dgn").at("/_links/uploadUrl/href");
  }

  private String replacement(String file) {
    return server
        .post("ann", "/storage/files/" + file + "/updatecontent", "")
        .at("/_links/uploadUrl/href");
  }

  private static byte[] filled(int length, int value) {
    var bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private byte[] content(String file) {
    return server.download(server.downloadUrl("ann", file)).body();
  }

  /** Sends a request as it is, and returns the answer up to the end of the connection. */
  private String raw(String head, byte[] body, boolean cut) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port)) {
      socket.setSoTimeout(20_000);
      var out = socket.getOutputStream();
      out.write(head.getBytes(ISO_8859_1));
      out.write(body);
      out.flush();
      if (cut) {
        socket.shutdownOutput();
      }
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static String putHead(String url, String more) {
    return "PUT " + URI.create(url).getPath() + " HTTP/1.1\r\nHost: x\r\n" + more + "\r\n";
  }

  @Test
  void an_upload_may_have_the_greatest_length_and_not_one_byte_more() throws IOException {
    var url = newUpload();
    assertThat(server.put(url, new byte[StorageServer.BYTES_MAX]).statusCode()).isEqualTo(201);
    assertThat(server.blobs()).hasSize(1);

    var tooLong =
        server.exchange(
            HttpRequest.newBuilder(URI.create(url))
                .expectContinue(true)
                .PUT(BodyPublishers.ofByteArray(new byte[StorageServer.BYTES_MAX + 1])),
            BodyHandlers.ofString());
    assertThat(tooLong.statusCode()).isEqualTo(413);
    assertThat(tooLong.body()).contains("RequestTooLarge");

    // Without a length, the server counts.
    var chunk = filled(StorageServer.BYTES_MAX + 1, 1);
    var head =
        putHead(url, "Transfer-Encoding: chunked\r\n") + Integer.toHexString(chunk.length) + "\r\n";
    assertThat(raw(head, chunk, false)).startsWith("HTTP/1.1 413");
    assertThat(server.blobs()).hasSize(1);
  }

  @Test
  void an_upload_that_is_cut_off_changes_nothing_and_leaves_nothing() throws Exception {
    var file = server.newFile("ann", root, "a.dgn", filled(10, 1));
    var url = replacement(file);
    var unused = raw(putHead(url, "Content-Length: 100\r\n"), filled(99, 2), true);
    unused = raw(putHead(url, "Transfer-Encoding: chunked\r\n") + "64\r\n", filled(100, 2), true);
    await(() -> server.blobs().size() == 1);
    assertThat(content(file)).isEqualTo(filled(10, 1));
    assertThat(server.put(url, filled(100, 3)).statusCode()).isEqualTo(201);
    assertThat(content(file)).isEqualTo(filled(100, 3));
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waiting").isLessThan(end);
      Thread.sleep(20);
    }
  }

  @Test
  void a_body_with_a_content_coding_is_refused() {
    var answer =
        server.send(
            HttpRequest.newBuilder(URI.create(newUpload()))
                .header("Content-Encoding", "gzip")
                .PUT(BodyPublishers.ofString("x")));
    assertThat(answer.status()).isEqualTo(415);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?comp=block&blockid=MQ | X: x                         | 501 | Upload the content in one"
            + " request",
        "?comp=blocklist        | X: x                         | 501 | Upload the content in one"
            + " request",
        "?comp                  | X: x                         | 501 | Upload the content in one"
            + " request",
        "''                     | x-ms-blob-type: AppendBlob   | 400 | The only x-ms-blob-type is"
            + " BlockBlob",
        "''                     | Content-Range: bytes 0-4/10  | 400 | An upload cannot have a"
            + " Content-Range",
      })
  void an_upload_of_a_part_is_refused_and_changes_nothing(
      String query, String header, int status, String text) throws IOException {
    var file = server.newFile("ann", root, "a.dgn", filled(10, 1));
    var url = URI.create(replacement(file)).getPath() + query;
    var head =
        "PUT %s HTTP/1.1\r\nHost: x\r\n%s\r\nContent-Length: 5\r\n\r\n".formatted(url, header);
    assertThat(raw(head, filled(5, 2), false)).startsWith("HTTP/1.1 " + status).contains(text);
    assertThat(content(file)).isEqualTo(filled(10, 1));
    assertThat(server.blobs()).hasSize(1);
  }

  @Test
  void an_upload_without_a_length_is_refused_and_one_of_length_zero_is_not() throws IOException {
    var file = server.newFile("ann", root, "a.dgn", filled(10, 1));
    var url = replacement(file);
    assertThat(raw(putHead(url, ""), new byte[0], false)).startsWith("HTTP/1.1 411");
    assertThat(content(file)).isEqualTo(filled(10, 1));

    var empty = putHead(url, "x-ms-blob-type: blockblob\r\nContent-Length: 0\r\n");
    assertThat(raw(empty, new byte[0], true)).startsWith("HTTP/1.1 201");
    assertThat(content(file)).isEmpty();
  }

  private HttpResponse<String> put(String url, byte[] bytes, String header, String value) {
    return server.exchange(
        HttpRequest.newBuilder(URI.create(url))
            .header(header, value)
            .PUT(BodyPublishers.ofByteArray(bytes)),
        BodyHandlers.ofString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CY9rzUYh03PK3k6DJie09g== | The bytes have another MD5",
        "x                        | Content-MD5 must be",
        "MTIz                     | Content-MD5 must be",
      })
  void an_upload_whose_md5_differs_is_refused_and_changes_nothing(String md5, String text) {
    var file = server.newFile("ann", root, "a.dgn", filled(10, 1));
    var refused = put(replacement(file), filled(300_000, 2), "Content-MD5", md5);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("\"code\":\"BadRequest\"", text);
    assertThat(content(file)).isEqualTo(filled(10, 1));
    assertThat(server.blobs()).hasSize(1);
  }

  @Test
  void an_upload_with_its_md5_is_accepted() throws Exception {
    var bytes = filled(300_000, 2);
    var file = server.newFile("ann", root, "a.dgn", filled(10, 1));
    var md5 = Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
    assertThat(put(replacement(file), bytes, "Content-MD5", md5).statusCode()).isEqualTo(201);
    assertThat(content(file)).isEqualTo(bytes);
  }

  @Test
  void an_upload_replaces_only_the_content_that_its_precondition_names() {
    var created = server.create("ann", root, "a.dgn");
    var url = created.at("/_links/uploadUrl/href");
    assertThat(put(url, filled(1, 1), "If-Match", "*").statusCode()).isEqualTo(412);
    var first = put(url, filled(1, 1), "If-None-Match", "*");
    assertThat(first.statusCode()).isEqualTo(201);
    var etag = first.headers().firstValue("ETag").orElseThrow();
    var file = server.post("ann", created.at("/_links/completeUrl/href"), "").at("/file/id");

    for (var header :
        List.of(
            "If-None-Match: \"x\", W/" + etag,
            "If-Match: \"x\"",
            "If-Match: W/" + etag,
            "If-Match: x")) {
      var refused =
          put(replacement(file), filled(2, 2), header.split(": ", 2)[0], header.split(": ", 2)[1]);
      assertThat(refused.statusCode()).as(header).isEqualTo(412);
      assertThat(refused.body()).contains("PreconditionFailed", "Nothing was changed");
    }
    assertThat(content(file)).isEqualTo(filled(1, 1));
    assertThat(server.blobs()).hasSize(1);

    assertThat(put(replacement(file), filled(2, 2), "If-Match", "\"x\", " + etag).statusCode())
        .isEqualTo(201);
    assertThat(put(replacement(file), filled(2, 2), "If-None-Match", etag).statusCode())
        .isEqualTo(201);
    assertThat(put(replacement(file), filled(2, 2), "If-None-Match", "*").statusCode())
        .isEqualTo(201);
    assertThat(content(file)).isEqualTo(filled(2, 2));
  }

  @Test
  void an_upload_may_be_repeated() {
    var created = server.create("ann", root, "a.dgn");
    var url = created.at("/_links/uploadUrl/href");
    server.put(url, filled(5, 1));
    server.put(url, filled(6, 2));
    var file = server.post("ann", created.at("/_links/completeUrl/href"), "").at("/file/id");
    assertThat(content(file)).isEqualTo(filled(6, 2));
  }

  @Test
  void uploads_of_one_file_at_the_same_time_do_not_mix() throws Exception {
    var file = server.newFile("ann", root, "a.dgn", filled(10, 9));
    var uploads =
        IntStream.range(0, 6)
            .mapToObj(value -> {
              var url = replacement(file);
              return (Callable<Integer>)
                  () -> server.put(url, filled(900_000 + value, value)).statusCode();
            })
            .toList();
    assertThat(Race.among(uploads)).containsOnly(201);
    var bytes = content(file);
    assertThat(bytes).isEqualTo(filled(900_000 + bytes[0], bytes[0]));
    server.pass(Duration.ofHours(2));
    server.sweep();
    assertThat(server.blobs()).hasSize(1);
    assertThat(content(file)).isEqualTo(bytes);
  }

  @Test
  void a_download_streams_one_version_although_the_file_is_replaced_and_deleted()
      throws IOException {
    try (var big = new StorageServer(AccessMode.OWN, blobFolder.resolve("big"), 50_000_000)) {
      var folder = StorageServer.rootOf(big.newITwin("ann"));
      var bytes = filled(40_000_000, 1);
      var file = big.newFile("ann", folder, "a.dgn", bytes);
      var url = big.downloadUrl("ann", file);
      var answer =
          big.exchange(HttpRequest.newBuilder(URI.create(url)), BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        assertThat(body.readNBytes(1_000)).isEqualTo(filled(1_000, 1));
        var update =
            big.post("ann", "/storage/files/" + file + "/updatecontent", "")
                .at("/_links/uploadUrl/href");
        assertThat(big.put(update, filled(10, 2)).statusCode()).isEqualTo(201);
        // A URL for the version before is valid as long as it says.
        assertThat(big.download(url, "Range", "bytes=0-9").body()).isEqualTo(filled(10, 1));
        assertThat(big.download(big.downloadUrl("ann", file)).body()).isEqualTo(filled(10, 2));
        big.send("DELETE", "ann", "/storage/files/" + file, "");
        big.pass(Duration.ofHours(2));
        big.sweep();
        assertThat(big.blobs()).isEmpty();
        assertThat(body.readAllBytes()).isEqualTo(filled(40_000_000 - 1_000, 1));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-3    | 206 | bytes 0-3/10   | 0123",
        "bytes=4-     | 206 | bytes 4-9/10   | 456789",
        "bytes=-2     | 206 | bytes 8-9/10   | 89",
        "bytes=8-99   | 206 | bytes 8-9/10   | 89",
        "bytes=-99    | 200 |                | 0123456789",
        "bytes=0-     | 200 |                | 0123456789",
        "bytes=5-4    | 200 |                | 0123456789",
        "bytes=0-1,3-4| 200 |                | 0123456789",
        "items=0-1    | 200 |                | 0123456789",
        "bytes=-      | 200 |                | 0123456789",
      })
  void a_range_is_a_part_of_the_content(String range, int status, String part, String text) {
    var file = server.newFile("ann", root, "a.dgn", "0123456789".getBytes(ISO_8859_1));
    var answer = server.download(server.downloadUrl("ann", file), "Range", range);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Range").orElse(null)).isEqualTo(part);
    assertThat(new String(answer.body(), ISO_8859_1)).isEqualTo(text);
    assertThat(answer.headers().firstValue("Content-Length").orElse(""))
        .isEqualTo(String.valueOf(text.length()));
  }

  @Test
  void a_range_after_the_end_is_refused_and_an_empty_content_can_be_downloaded() {
    var file = server.newFile("ann", root, "a.dgn", new byte[10]);
    var answer = server.download(server.downloadUrl("ann", file), "Range", "bytes=10-");
    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(answer.headers().firstValue("Content-Range")).contains("bytes */10");

    var empty = server.newFile("ann", root, "b.dgn", new byte[0]);
    assertThat(content(empty)).isEmpty();
    assertThat(server.download(server.downloadUrl("ann", empty), "Range", "bytes=-1").statusCode())
        .isEqualTo(416);
  }

  @Test
  void a_client_that_has_the_content_gets_it_not_again() {
    var file = server.newFile("ann", root, "a.dgn", filled(10, 1));
    var url = server.downloadUrl("ann", file);
    var etag = server.download(url).headers().firstValue("ETag").orElseThrow();
    assertThat(server.download(url, "If-None-Match", etag).statusCode()).isEqualTo(304);
    assertThat(server.download(url, "If-None-Match", "\"x\", W/" + etag).statusCode())
        .isEqualTo(304);
    assertThat(server.download(url, "If-None-Match", "\"x\"").statusCode()).isEqualTo(200);
    assertThat(server.download(url, "Range", "bytes=0-1", "If-Range", etag).statusCode())
        .isEqualTo(206);
    assertThat(server.download(url, "Range", "bytes=0-1", "If-Range", "\"x\"").statusCode())
        .isEqualTo(200);
    var head =
        server.exchange(HttpRequest.newBuilder(URI.create(url)).HEAD(), BodyHandlers.ofByteArray());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Length")).contains("10");
  }

  @Test
  void a_signed_url_is_refused_for_another_verb_after_its_time_and_if_it_is_forged() {
    var file = server.newFile("ann", root, "a.dgn", filled(10, 1));
    var upload = replacement(file);
    var download = server.downloadUrl("ann", file);
    assertThat(server.download(upload).statusCode()).isEqualTo(403);
    assertThat(server.put(download, filled(5, 2)).statusCode()).isEqualTo(403);
    for (var forged :
        List.of(
            download.substring(0, download.length() - 1) + "~",
            download + "A",
            server.url + "/storage/content/x",
            server.url + "/storage/content/" + "A".repeat(120))) {
      assertThat(server.download(forged).statusCode()).as(forged).isEqualTo(403);
      assertThat(server.put(forged, filled(5, 2)).statusCode()).as(forged).isEqualTo(403);
    }
    var refused = server.put(server.url + "/storage/content/x", filled(5, 2));
    assertThat(refused.body())
        .isEqualTo(
            "{\"error\":{\"code\":\"Forbidden\",\"message\":\"This URL is not valid or has"
                + " expired. Ask for a new one.\"}}");

    server.pass(Duration.ofHours(1));
    assertThat(server.download(download).statusCode()).isEqualTo(403);
    assertThat(server.put(upload, filled(5, 2)).statusCode()).isEqualTo(403);
    assertThat(content(file)).isEqualTo(filled(10, 1));
  }

  @Test
  void the_url_of_a_deleted_file_leads_nowhere() {
    var file = server.newFile("ann", root, "a.dgn", filled(10, 1));
    var upload = replacement(file);
    var download = server.downloadUrl("ann", file);
    server.send("DELETE", "ann", "/storage/files/" + file, "");
    assertThat(server.download(download).statusCode()).isEqualTo(404);
    assertThat(server.put(upload, filled(5, 2)).statusCode()).isEqualTo(404);
  }

  private void setRole(String subject, String role) {
    var answer =
        role.isEmpty()
            ? server.send("DELETE", "ann", members + "/" + subject, "")
            : server.send("PUT", "ann", members + "/" + subject, "{\"role\":\"" + role + "\"}");
    assertThat(answer.status()).isLessThan(300);
  }

  @ParameterizedTest
  @CsvSource({"reader, 403", "'', 404"})
  void an_upload_url_ends_with_the_right_to_write_and_a_download_url_does_not(
      String role, int status) {
    var file = server.newFile("ann", root, "a.dgn", filled(10, 1));
    setRole("bob", "writer");
    var upload =
        server
            .post("bob", "/storage/files/" + file + "/updatecontent", "")
            .at("/_links/uploadUrl/href");
    var download = server.downloadUrl("bob", file);
    assertThat(server.put(upload, filled(5, 2)).statusCode()).isEqualTo(201);

    setRole("bob", role);
    assertThat(server.put(upload, filled(5, 3)).statusCode()).isEqualTo(status);
    assertThat(server.download(download).body()).isEqualTo(filled(10, 1));
    assertThat(content(file)).isEqualTo(filled(5, 2));
    assertThat(server.blobs()).hasSize(2);
  }

  @Test
  void an_upload_changes_nothing_if_the_right_to_write_ends_before_its_last_byte()
      throws Exception {
    var file = server.newFile("ann", root, "a.dgn", filled(10, 1));
    setRole("bob", "writer");
    var upload =
        server
            .post("bob", "/storage/files/" + file + "/updatecontent", "")
            .at("/_links/uploadUrl/href");
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port)) {
      socket.setSoTimeout(20_000);
      var out = socket.getOutputStream();
      out.write(putHead(upload, "Content-Length: 2\r\nConnection: close\r\n").getBytes(ISO_8859_1));
      out.write(1);
      out.flush();
      await(() -> server.blobs().size() == 2);
      setRole("bob", "reader");
      out.write(1);
      out.flush();
      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
          .startsWith("HTTP/1.1 403");
    }
    assertThat(content(file)).isEqualTo(filled(10, 1));
    assertThat(server.blobs()).hasSize(1);
  }

  @Test
  void an_upload_that_was_swept_says_so() {
    try (var impatient =
        new StorageServer(
            AccessMode.OWN, blobFolder.resolve("impatient"), 100, Duration.ofMinutes(1))) {
      var folder = StorageServer.rootOf(impatient.newITwin("ann"));
      var url = impatient.create("ann", folder, "a.dgn").at("/_links/uploadUrl/href");
      impatient.pass(Duration.ofMinutes(2));
      impatient.sweep();
      var answer = impatient.put(url, filled(5, 1));
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("UploadNotFound", "has removed this upload");
    }
  }

  @Test
  void
      the_content_of_a_deleted_file_is_removed_at_the_next_sweep_and_a_replaced_one_after_an_hour() {
    var kept = server.newFile("ann", root, "kept.dgn", filled(10, 1));
    server.put(replacement(kept), filled(10, 2));
    var file = server.newFile("ann", root, "a.dgn", filled(10, 3));
    var folder = server.newFolder("ann", root, "folder");
    server.newFile("ann", server.newFolder("ann", folder, "inner"), "b.dgn", filled(10, 4));
    var iTwin = server.newITwin("ann");
    server.newFile("ann", StorageServer.rootOf(iTwin), "c.dgn", filled(10, 5));
    assertThat(server.blobs()).hasSize(5);

    server.send("DELETE", "ann", "/storage/files/" + file, "");
    server.send("DELETE", "ann", "/storage/folders/" + folder, "");
    server.send("DELETE", "ann", "/itwins/" + iTwin, "");
    server.sweep();
    assertThat(server.blobs()).hasSize(2);

    server.pass(Duration.ofMinutes(61));
    server.sweep();
    assertThat(server.blobs()).hasSize(1);
    assertThat(content(kept)).isEqualTo(filled(10, 2));
  }

  private Path blobOf(byte[] bytes) throws IOException {
    for (var name : server.blobs()) {
      if (Arrays.equals(Files.readAllBytes(blobFolder.resolve(name)), bytes)) {
        return blobFolder.resolve(name);
      }
    }
    throw new AssertionError("the blob folder does not contain the blob");
  }

  private static void truncate(Path blob, long size) throws IOException {
    try (var file = FileChannel.open(blob, StandardOpenOption.WRITE)) {
      file.truncate(size);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-", "bytes=0-3"})
  void a_damaged_blob_is_an_error_without_headers_of_the_content(String range) throws IOException {
    var file = server.newFile("ann", root, "a.dgn", filled(10, 1));
    var blob = blobOf(filled(10, 1));
    truncate(blob, 9);
    try (var log = LogCapture.of(BlobFailureLog.class)) {
      var answer = server.download(server.downloadUrl("ann", file), "Range", range);
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(new String(answer.body(), ISO_8859_1)).contains("InternalServerError");
      assertThat(answer.headers().map())
          .doesNotContainKeys(
              "content-disposition", "accept-ranges", "content-range", "etag", "cache-control");
      assertThat(log.lines())
          .hasSize(1)
          .allSatisfy(
              line -> assertThat(line).startsWith("ERROR").contains(blob.getFileName().toString()));
    }
  }

  @Test
  void a_range_that_is_refused_has_no_headers_of_the_content() {
    var file = server.newFile("ann", root, "a.dgn", filled(10, 1));
    var answer = server.download(server.downloadUrl("ann", file), "Range", "bytes=10-");
    assertThat(answer.headers().map()).doesNotContainKeys("accept-ranges", "content-disposition");
  }

  @Test
  void a_disk_that_fails_during_a_download_is_an_error_and_a_client_that_goes_away_is_not()
      throws Exception {
    try (var big = new StorageServer(AccessMode.OWN, blobFolder.resolve("big"), 50_000_000);
        var log = LogCapture.of(BlobFailureLog.class, ContentRoutes.class)) {
      var folder = StorageServer.rootOf(big.newITwin("ann"));
      var file = big.newFile("ann", folder, "a.dgn", filled(40_000_000, 1));
      var url = big.downloadUrl("ann", file);
      try (var body =
          big.exchange(HttpRequest.newBuilder(URI.create(url)), BodyHandlers.ofInputStream())
              .body()) {
        assertThat(body.readNBytes(1_000)).hasSize(1_000);
      }
      await(() -> !log.lines().isEmpty());
      assertThat(log.lines()).singleElement().asString().startsWith("DEBUG A client closed");

      var answer =
          big.exchange(HttpRequest.newBuilder(URI.create(url)), BodyHandlers.ofInputStream());
      try (var body = answer.body()) {
        assertThat(body.readNBytes(1_000)).hasSize(1_000);
        truncate(blobFolder.resolve("big").resolve(big.blobs().getFirst()), 1_000);
        assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
      }
      await(() -> log.lines().size() == 2);
      assertThat(log.lines().getLast()).startsWith("ERROR").contains("reading blob");
    }
  }

  @Test
  void unfinished_uploads_and_what_a_killed_process_left_are_swept() throws IOException {
    var kept = server.newFile("ann", root, "kept.dgn", filled(10, 1));
    var upload = server.create("ann", root, "a.dgn");
    server.put(upload.at("/_links/uploadUrl/href"), filled(10, 2));
    // What a kill during an upload, and a database from a backup, leave.
    var part = blobFolder.resolve("parts/" + UUID.randomUUID());
    var unknown = blobFolder.resolve("aa/bb/aabbccdd-0000-4000-8000-000000000000");
    Files.createDirectories(unknown.getParent());
    for (var left : List.of(part, unknown)) {
      Files.write(left, filled(10, 3));
    }
    server.sweep();
    assertThat(server.blobs()).hasSize(4);

    for (var left : List.of(part, unknown)) {
      Files.setLastModifiedTime(left, FileTime.from(Instant.parse("2025-01-01T00:00:00Z")));
    }
    server.pass(Duration.ofMinutes(61));
    server.sweep();
    server.pass(Duration.ofMinutes(61));
    server.sweep();
    assertThat(server.blobs()).hasSize(1);
    assertThat(content(kept)).isEqualTo(filled(10, 1));
    assertThat(server.post("ann", upload.at("/_links/completeUrl/href"), "").code())
        .isEqualTo("FileNotFound");
  }
}
