package io.storageconnections.platform.http.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.platform.AccessMode;
import io.storageconnections.platform.http.storage.StorageServer.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes of Storage, as clients see them. */
class StorageRoutesTest {

  private static final byte[] DGN = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0};

  @TempDir private Path blobFolder;
  private StorageServer server;
  private String iTwin;
  private String root;

  @BeforeEach
  void start() {
    server = new StorageServer(AccessMode.OWN, blobFolder);
    iTwin = server.newITwin("ann");
    root = StorageServer.rootOf(iTwin);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String folderUrl(String id) {
    return server.url + "/storage/folders/" + id;
  }

  private static List<String> names(Answer list, String member) {
    var names = new ArrayList<String>();
    list.body().get(member).forEach(item -> names.add(item.get("displayName").asString()));
    return names;
  }

  @Test
  void populate_finds_no_file_then_uploads_one_then_finds_and_replaces_it() {
    var before = server.get("ann", "/storage/?iTwinId=" + iTwin);
    assertThat(before.status()).isEqualTo(200);
    assertThat(before.http().body())
        .isEqualTo(
            "{\"items\":[],\"_links\":{\"self\":{\"href\":\"%s/storage?iTwinId=%s&$skip=0&$top=100\"},\"folder\":{\"href\":\"%s\"}}}"
                .formatted(server.url, iTwin, folderUrl(root)));
    var href = before.at("/_links/folder/href");
    assertThat(href.substring(href.lastIndexOf('/') + 1)).isEqualTo(root);

    var created = server.create("ann", root, "HouseModel.dgn");
    assertThat(created.status()).isEqualTo(202);
    var uploadUrl = created.at("/_links/uploadUrl/href");
    var completeUrl = created.at("/_links/completeUrl/href");
    var id = completeUrl.split("/", -1)[5];
    assertThat(id).matches("[A-Za-z0-9_][A-Za-z0-9_-]{42}");
    assertThat(completeUrl).isEqualTo(server.url + "/storage/files/" + id + "/complete");
    assertThat(created.http().body())
        .isEqualTo(
            "{\"_links\":{\"uploadUrl\":{\"href\":\"%s\"},\"completeUrl\":{\"href\":\"%s\"}}}"
                .formatted(uploadUrl, completeUrl));

    var put = server.put(uploadUrl, DGN);
    assertThat(put.statusCode()).isEqualTo(201);
    assertThat(put.body()).isEmpty();
    assertThat(put.headers().firstValue("ETag")).isPresent();
    assertThat(put.headers().firstValue("Content-Type")).isEmpty();
    assertThat(server.get("ann", "/storage/files/" + id).code()).isEqualTo("FileNotFound");

    var complete = server.post("ann", completeUrl, "");
    assertThat(complete.status()).isEqualTo(200);
    var member = "{\"href\":\"" + server.url + "/itwins/" + iTwin + "/members/ann\"}";
    var file =
        "{\"file\":{\"id\":\"%s\",\"type\":\"file\",\"displayName\":\"HouseModel.dgn\",\"description\":null,\"path\":\"HouseModel.dgn\",\"size\":4,\"lastModifiedByDisplayName\":\"ann\",\"createdDateTime\":\"2026-01-02T03:04:05.6780000Z\",\"lastModifiedDateTime\":\"2026-01-02T03:04:05.6780000Z\",\"parentFolderId\":\"%s\",\"_links\":{\"createdBy\":%s,\"lastModifiedBy\":%s,\"parentFolder\":{\"href\":\"%s\"}}}}"
            .formatted(id, root, member, member, folderUrl(root));
    assertThat(complete.http().body()).isEqualTo(file);
    assertThat(server.post("ann", completeUrl, "").http().body()).isEqualTo(file);
    assertThat(server.get("ann", "/storage/files/" + id).http().body()).isEqualTo(file);
    assertThat(names(server.get("ann", "/storage/?iTwinId=" + iTwin), "items"))
        .containsExactly("HouseModel.dgn");

    var update = server.post("ann", "/storage/files/" + id + "/updatecontent", "");
    assertThat(update.status()).isEqualTo(202);
    assertThat(update.at("/_links/completeUrl/href")).isEqualTo(completeUrl);
    assertThat(server.get("ann", "/storage/files/" + id).http().body()).isEqualTo(file);
    assertThat(server.put(update.at("/_links/uploadUrl/href"), new byte[9]).statusCode())
        .isEqualTo(201);
    // Some clients do not complete a replaced file.
    assertThat(server.get("ann", "/storage/files/" + id).body().at("/file/size").asLong())
        .isEqualTo(9);
    assertThat(server.post("ann", completeUrl, "").body().at("/file/size").asLong()).isEqualTo(9);
  }

  @Test
  void a_download_redirects_to_a_signed_url_that_needs_no_token() {
    var id = server.newFile("ann", root, "Übersicht \"1\".dgn".replace("\"", "'"), DGN);
    var answer = server.get("ann", "/storage/files/" + id + "/download");
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.http().body()).isEmpty();
    assertThat(answer.http().headers().firstValue("Content-Type")).isEmpty();

    var content = server.download(server.downloadUrl("ann", id));
    assertThat(content.statusCode()).isEqualTo(200);
    assertThat(content.body()).isEqualTo(DGN);
    var headers = content.headers();
    assertThat(headers.firstValue("Content-Type")).contains("application/octet-stream");
    assertThat(headers.firstValue("Content-Length")).contains("4");
    assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(headers.firstValue("Content-Disposition"))
        .contains(
            "attachment; filename=\"_bersicht '1'.dgn\";"
                + " filename*=UTF-8''%C3%9Cbersicht%20%271%27.dgn");
  }

  @Test
  void completing_a_file_without_content_is_a_conflict() {
    var created = server.create("ann", root, "a.dgn");
    var answer = server.post("ann", created.at("/_links/completeUrl/href"), "");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("FileNotUploaded");
  }

  @Test
  void a_folder_is_created_read_changed_and_deleted_with_what_is_in_it() {
    var created =
        server.post(
            "ann",
            "/storage/folders/" + root + "/folders",
            "{\"displayName\":\"Plans\",\"description\":\"old\"}");
    assertThat(created.status()).isEqualTo(201);
    var id = created.at("/folder/id");
    var member = "{\"href\":\"" + server.url + "/itwins/" + iTwin + "/members/ann\"}";
    assertThat(created.http().body())
        .isEqualTo(
            "{\"folder\":{\"id\":\"%s\",\"type\":\"folder\",\"displayName\":\"Plans\",\"description\":\"old\",\"path\":\"Plans\",\"lastModifiedByDisplayName\":\"ann\",\"createdDateTime\":\"2026-01-02T03:04:05.6780000Z\",\"lastModifiedDateTime\":\"2026-01-02T03:04:05.6780000Z\",\"parentFolderId\":\"%s\",\"_links\":{\"createdBy\":%s,\"lastModifiedBy\":%s,\"parentFolder\":{\"href\":\"%s\"}}}}"
                .formatted(id, root, member, member, folderUrl(root)));
    assertThat(created.http().headers().firstValue("Location")).contains(folderUrl(id));

    var inner = server.newFolder("ann", id, "inner");
    var file = server.newFile("ann", inner, "a.dgn", DGN);
    assertThat(server.get("ann", "/storage/files/" + file).at("/file/path"))
        .isEqualTo("Plans/inner/a.dgn");

    var changed =
        server.send("PATCH", "ann", "/storage/folders/" + id, "{\"displayName\":\"New\"}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.at("/folder/displayName")).isEqualTo("New");
    assertThat(changed.at("/folder/description")).isEqualTo("old");
    assertThat(server.get("ann", "/storage/folders/" + id).http().body())
        .isEqualTo(changed.http().body());

    var deleted = server.send("DELETE", "ann", "/storage/folders/" + id, "");
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(deleted.http().headers().firstValue("Content-Type")).isEmpty();
    assertThat(server.get("ann", "/storage/folders/" + id).code()).isEqualTo("FolderNotFound");
    assertThat(server.get("ann", "/storage/folders/" + inner).code()).isEqualTo("FolderNotFound");
    assertThat(server.get("ann", "/storage/files/" + file).code()).isEqualTo("FileNotFound");
    server.sweep();
    server.pass(Duration.ofHours(2));
    server.sweep();
    assertThat(server.blobs()).isEmpty();
  }

  @Test
  void the_root_folder_can_be_read_and_neither_changed_nor_deleted() {
    var found = server.get("ann", "/storage/folders/" + root);
    assertThat(found.status()).isEqualTo(200);
    assertThat(found.body().at("/folder/parentFolderId").isNull()).isTrue();
    assertThat(server.send("DELETE", "ann", "/storage/folders/" + root, "").status())
        .isEqualTo(422);
    assertThat(
            server
                .send("PATCH", "ann", "/storage/folders/" + root, "{\"displayName\":\"x\"}")
                .status())
        .isEqualTo(422);
  }

  @Test
  void a_file_is_renamed_and_deleted() {
    var id = server.newFile("ann", root, "a.dgn", DGN);
    var changed =
        server.send(
            "PATCH",
            "ann",
            "/storage/files/" + id,
            "{\"displayName\":\"b.dgn\",\"description\":\"text\"}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.at("/file/displayName")).isEqualTo("b.dgn");
    assertThat(changed.at("/file/description")).isEqualTo("text");
    assertThat(changed.at("/file/path")).isEqualTo("b.dgn");

    assertThat(server.send("DELETE", "ann", "/storage/files/" + id, "").status()).isEqualTo(204);
    assertThat(server.get("ann", "/storage/files/" + id).code()).isEqualTo("FileNotFound");
    assertThat(server.send("DELETE", "ann", "/storage/files/" + id, "").code())
        .isEqualTo("FileNotFound");
  }

  @Test
  void lists_have_folders_before_files_and_links_to_their_neighbours() {
    server.newFile("ann", root, "1.dgn", DGN);
    server.pass(Duration.ofSeconds(1));
    server.newFile("ann", root, "2.dgn", DGN);
    server.newFolder("ann", root, "folder");

    var page = server.get("ann", "/storage/?iTwinId=" + iTwin + "&%24top=1&%24skip=1");
    assertThat(names(page, "items")).containsExactly("1.dgn");
    var list = server.url + "/storage?iTwinId=" + iTwin;
    assertThat(page.at("/_links/self/href")).isEqualTo(list + "&$skip=1&$top=1");
    assertThat(page.at("/_links/prev/href")).isEqualTo(list + "&$skip=0&$top=1");
    assertThat(page.at("/_links/next/href")).isEqualTo(list + "&$skip=2&$top=1");
    assertThat(names(server.get("ann", page.at("/_links/next/href")), "items"))
        .containsExactly("2.dgn");
    assertThat(names(server.get("ann", "/storage?projectId=" + iTwin), "items"))
        .containsExactly("folder", "1.dgn", "2.dgn");

    var folder = "/storage/folders/" + root;
    assertThat(names(server.get("ann", folder + "/list"), "items"))
        .containsExactly("folder", "1.dgn", "2.dgn");
    assertThat(names(server.get("ann", folder + "/files"), "files"))
        .containsExactly("1.dgn", "2.dgn");
    var folders = server.get("ann", folder + "/folders?$top=5");
    assertThat(names(folders, "folders")).containsExactly("folder");
    assertThat(folders.at("/_links/self/href"))
        .isEqualTo(folderUrl(root) + "/folders?$skip=0&$top=5");
    assertThat(folders.body().at("/_links").size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.exe",
        "../a.dgn",
        "a\\\\b",
        "a:b",
        "..",
        "",
        "a\\u0000",
        "a\\nb",
        "a\\u200b.dgn",
        "nul.dgn",
        "a."
      })
  void a_bad_name_of_a_file_is_refused(String name) {
    for (var answer :
        List.of(
            server.post(
                "ann", "/storage/folders/" + root + "/files", "{\"displayName\":\"" + name + "\"}"),
            server.send(
                "PATCH",
                "ann",
                "/storage/files/" + server.newFile("ann", root, "a.dgn", DGN),
                "{\"displayName\":\"" + name + "\"}"))) {
      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.code()).isEqualTo("InvalidCreateFileRequest");
      assertThat(answer.at("/error/details/0/code")).isEqualTo("InvalidValue");
      assertThat(answer.at("/error/details/0/target")).isEqualTo("displayName");
      assertThat(answer.at("/error/details/0/message"))
          .isEqualTo(
              "displayName must be a string of 1 to 255 characters, without control characters,"
                  + " invisible characters and \\/:*?\"<>|, without a dot or a space at the end,"
                  + " and not the name of a Windows device, such as CON; names of executable files"
                  + " are not accepted.");
    }
  }

  @Test
  void a_file_needs_a_name_and_every_fault_is_reported() {
    var answer =
        server.post(
            "ann",
            "/storage/folders/" + root + "/files",
            "{\"description\":\"" + "x".repeat(1001) + "\"}");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.at("/error/details/0/code")).isEqualTo("MissingRequiredProperty");
    assertThat(answer.at("/error/details/1/target")).isEqualTo("description");
    assertThat(server.post("ann", "/storage/folders/" + root + "/files", "{").code())
        .isEqualTo("InvalidCreateFileRequest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "non-existent-file-id",
        "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA",
        "C:%5Cwindows",
        "a%0Ab",
      })
  void an_id_that_is_none_is_not_found(String id) {
    var file = "/storage/files/" + id;
    assertThat(server.get("ann", file).code()).isEqualTo("FileNotFound");
    assertThat(server.send("DELETE", "ann", file, "").code()).isEqualTo("FileNotFound");
    assertThat(server.post("ann", file + "/updatecontent", "").code()).isEqualTo("FileNotFound");
    assertThat(server.post("ann", file + "/complete", "").code()).isEqualTo("FileNotFound");
    assertThat(server.get("ann", file + "/download").code()).isEqualTo("FileNotFound");
    var folder = "/storage/folders/" + id;
    assertThat(server.get("ann", folder + "/list").code()).isEqualTo("FolderNotFound");
    assertThat(server.create("ann", id, "a.dgn").code()).isEqualTo("FolderNotFound");
    assertThat(server.blobs()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"..%2F..%2Fetc%2Fpasswd", "a%00b", "%2e%2e"})
  void an_id_that_is_a_path_reaches_no_file(String id) {
    assertThat(server.statusAlone("ann", "/storage/files/" + id)).isIn(400, 404);
    assertThat(server.statusAlone("ann", "/storage/folders/" + id + "/list")).isIn(400, 404);
    assertThat(server.statusAlone("ann", "/storage/content/" + id)).isIn(400, 403, 404);
  }

  @Test
  void ids_that_are_none_have_the_codes_of_the_api() {
    assertThat(server.get("ann", "/storage/files/non-existent-file-id").http().body())
        .isEqualTo(
            "{\"error\":{\"code\":\"FileNotFound\",\"message\":\"Requested File is not"
                + " available.\"}}");
    assertThat(server.create("ann", "x", "a.dgn").http().body())
        .isEqualTo(
            "{\"error\":{\"code\":\"FolderNotFound\",\"message\":\"Requested Folder is not"
                + " available.\"}}");
    assertThat(server.get("ann", "/storage/?iTwinId=" + UUID.randomUUID()).http().body())
        .isEqualTo(
            "{\"error\":{\"code\":\"ItwinNotFound\",\"message\":\"Requested iTwin is not"
                + " available.\"}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?iTwinId=", "?iTwinId=x", "?iTwinId=%00", "?iTwinId=%ff"})
  void a_list_needs_the_id_of_an_iTwin(String query) {
    var answer = server.get("ann", "/storage" + query);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.code()).isEqualTo("InvalidStorageRequest");
    assertThat(answer.at("/error/details/0/target")).isEqualTo("iTwinId");
  }

  @ParameterizedTest
  @ValueSource(strings = {"$top=0", "$top=x", "$skip=-1", "$skip=1.5"})
  void a_page_must_be_valid(String page) {
    var answer = server.get("ann", "/storage?iTwinId=" + iTwin + "&" + page);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.at("/error/details/0/target")).isEqualTo(page.split("=", -1)[0]);
  }

  @Test
  void every_route_answers_another_user_as_if_nothing_existed_and_a_reader_cannot_write() {
    var folder = server.newFolder("ann", root, "folder");
    var file = server.newFile("ann", root, "a.dgn", DGN);
    var unfinished = server.create("ann", root, "b.dgn");
    var completeUrl = unfinished.at("/_links/completeUrl/href").substring(server.url.length());
    var body = "{\"displayName\":\"x\"}";
    var before = server.get("ann", "/storage?iTwinId=" + iTwin).http().body();

    for (var request :
        List.of(
            List.of("GET", "/storage?iTwinId=" + iTwin, "ItwinNotFound"),
            List.of("GET", "/storage/folders/" + root, "FolderNotFound"),
            List.of("GET", "/storage/folders/" + folder, "FolderNotFound"),
            List.of("PATCH", "/storage/folders/" + folder, "FolderNotFound"),
            List.of("DELETE", "/storage/folders/" + folder, "FolderNotFound"),
            List.of("DELETE", "/storage/folders/" + root, "FolderNotFound"),
            List.of("POST", "/storage/folders/" + root + "/folders", "FolderNotFound"),
            List.of("POST", "/storage/folders/" + folder + "/files", "FolderNotFound"),
            List.of("GET", "/storage/folders/" + folder + "/files", "FolderNotFound"),
            List.of("GET", "/storage/folders/" + folder + "/folders", "FolderNotFound"),
            List.of("GET", "/storage/folders/" + root + "/list", "FolderNotFound"),
            List.of("GET", "/storage/files/" + file, "FileNotFound"),
            List.of("PATCH", "/storage/files/" + file, "FileNotFound"),
            List.of("DELETE", "/storage/files/" + file, "FileNotFound"),
            List.of("GET", "/storage/files/" + file + "/download", "FileNotFound"),
            List.of("POST", "/storage/files/" + file + "/updatecontent", "FileNotFound"),
            List.of("POST", "/storage/files/" + file + "/complete", "FileNotFound"),
            List.of("POST", completeUrl, "FileNotFound"))) {
      var method = request.get(0);
      var path = request.get(1);
      var sent = method.equals("GET") || method.equals("DELETE") ? "" : body;
      var unknown =
          server.send(
              method,
              "eve",
              path.replace(iTwin, UUID.randomUUID().toString())
                  .replace(root, "x")
                  .replace(folder, "x")
                  .replace(file, "x"),
              sent);
      var answer = server.send(method, "eve", path, sent);
      assertThat(answer.code()).as("%s", request).isEqualTo(request.get(2));
      assertThat(answer.http().body()).as("%s", request).isEqualTo(unknown.http().body());
      assertThat(answer.status()).as("%s", request).isEqualTo(404);
    }
    assertThat(server.get("ann", "/storage?iTwinId=" + iTwin).http().body()).isEqualTo(before);
  }

  @Test
  void a_request_without_a_token_is_refused() {
    var answer =
        server.send(
            HttpRequest.newBuilder(URI.create(server.url + "/storage?iTwinId=" + iTwin)).GET());
    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void in_the_open_mode_every_caller_works_with_every_iTwin_that_exists(@TempDir Path other) {
    try (var open = new StorageServer(AccessMode.OPEN, other)) {
      var id = open.newITwin("ann");
      var file = open.newFile("bob", StorageServer.rootOf(id), "a.dgn", DGN);
      assertThat(open.get("cid", "/storage/files/" + file).status()).isEqualTo(200);
      assertThat(open.get("cid", "/storage?iTwinId=" + UUID.randomUUID()).code())
          .isEqualTo("ItwinNotFound");
    }
  }

  @Test
  void a_browser_may_upload_from_any_origin() {
    var url = server.create("ann", root, "a.dgn").at("/_links/uploadUrl/href");
    var preflight =
        server.exchange(
            HttpRequest.newBuilder(URI.create(url))
                .header("Origin", "https://app.example.org")
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "x-ms-blob-type")
                .method("OPTIONS", BodyPublishers.noBody()),
            BodyHandlers.ofString());
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
        .contains("PUT");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
        .contains("x-ms-blob-type");
    var put =
        server.exchange(
            HttpRequest.newBuilder(URI.create(url))
                .header("Origin", "https://app.example.org")
                .header("Content-Type", "text/anything; charset=nonsense")
                .PUT(BodyPublishers.ofString("x", UTF_8)),
            BodyHandlers.ofString());
    assertThat(put.statusCode()).isEqualTo(201);
    assertThat(put.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
  }
}
