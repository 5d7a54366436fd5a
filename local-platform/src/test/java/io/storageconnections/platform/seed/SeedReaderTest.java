package io.storageconnections.platform.seed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.application.port.SeedStore.SeedFile;
import io.storageconnections.platform.application.seed.SeedPlan;
import io.storageconnections.platform.domain.imodel.IModel;
import io.storageconnections.platform.domain.itwin.ITwin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SeedReaderTest {

  private static final int CONTENT_BYTES_MAX = 1_000;

  private static final String ITWIN = "9e4b1c62-5b2c-4c53-8f0d-0b6a4c1f7a11";

  @TempDir private Path folder;

  private SeedPlan read(String text) {
    try {
      return SeedReader.read(text, folder, CONTENT_BYTES_MAX);
    } catch (InvalidSeedException invalid) {
      throw new AssertionError(invalid);
    }
  }

  /** Returns the problems, each as {@code line:column: path message}. */
  private List<String> problems(String text) {
    return catchThrowableOfType(
            InvalidSeedException.class, () -> SeedReader.read(text, folder, CONTENT_BYTES_MAX))
        .problems()
        .stream()
        .map(SeedProblem::toString)
        .toList();
  }

  private static Stream<StorageFileId> files(SeedPlan seed) {
    return seed.objects().files().stream().map(SeedFile::item).map(file -> file.id());
  }

  // ---- what is read ----------------------------------------------------------------------------

  @Test
  void JSON_and_YAML_give_the_same_objects() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "A");
    var yaml =
        """
        # A comment
        iTwins:
          - displayName: One
            folders:
              - displayName: designs
                files:
                  - displayName: a.dgn
                    path: a.txt
            iModels:
              - name: Plant
                extent: {south: -1, west: 2.5, north: 3e0, east: 4}
                connections:
                  - displayName: "30"
                    sourceFiles:
                      - file: designs/a.dgn
                        connectorType: MSTN
        """;
    var json =
        """
        {
        \t"iTwins": [{
        \t\t"displayName": "One",
        \t\t"folders": [{"displayName": "designs",
        \t\t\t"files": [{"displayName": "a.dgn", "path": "a.txt"}]}],
        \t\t"iModels": [{
        \t\t\t"name": "Plant", "extent": {"south": -1, "west": 2.5, "north": 3e0, "east": 4},
        \t\t\t"connections": [{"displayName": "\\u0033\\u0030", "sourceFiles": [
        \t\t\t\t{"file": "designs\\/a.dgn", "connectorType": "MSTN"}]}]
        \t\t}]
        \t}]
        }
        """;
    assertThat(read(json).objects()).isEqualTo(read(yaml).objects());
    assertThat(read(yaml).objects().connections())
        .singleElement()
        .extracting(connection -> connection.sourceFiles().getFirst().connectorType())
        .isEqualTo(ConnectorType.MSTN);
  }

  @Test
  void a_pair_of_surrogates_in_JSON_is_one_character() {
    var seed = read("{\"iTwins\": [{\"displayName\": \"\\uD83C\\uDFD7\"}]}");
    assertThat(seed.objects().iTwins().getFirst().properties().displayName())
        .isEqualTo("\uD83C\uDFD7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "# only a comment", "{}", "iTwins:", "iTwins: []", "\uFEFFiTwins: []"})
  void a_seed_may_have_no_objects(String text) {
    if (text.isEmpty() || text.startsWith("#")) {
      assertThat(problems(text)).singleElement().asString().startsWith("1:1: the file is nothing");
    } else {
      assertThat(read(text).objects().iTwins()).isEmpty();
    }
  }

  @Test
  void an_absent_member_has_its_default() {
    var objects =
        read("""
        iTwins:
          - displayName: One
            type:
            iModels:
              - name: Plant
                connections:
                  - sourceFiles: [{file: a.dgn, connectorType: DWG}]
            files: [{displayName: a.dgn, text: ''}]
        """)
            .objects();
    var properties = objects.iTwins().getFirst().properties();
    assertThat(properties.toString())
        .contains("Project", "Active", "type=null")
        .contains("number=" + objects.iTwins().getFirst().id());
    assertThat(objects.members()).singleElement().asString().contains("development", "owner");
    assertThat(objects.connections().getFirst().connection().authenticationType().toString())
        .isEqualTo("User");
    assertThat(objects.connections().getFirst().connection().displayName()).isNull();
    assertThat(objects.connections().getFirst().sourceFiles().getFirst().lastKnownFileName())
        .hasToString("a.dgn");
  }

  @Test
  void the_first_owner_has_created_everything() {
    var objects =
        read("""
        iTwins:
          - displayName: One
            members:
              - {subject: ann, role: reader}
              - {subject: bob, role: owner}
              - {subject: cleo, role: owner}
            iModels: [{name: Plant}]
            files: [{displayName: a, text: a}]
        """)
            .objects();
    assertThat(objects.iTwins()).extracting(ITwin::createdBy).containsExactly("bob");
    assertThat(objects.iModels()).extracting(IModel::createdBy).containsExactly("bob");
    assertThat(objects.files()).extracting(file -> file.item().by()).containsExactly("bob");
    assertThat(objects.members()).hasSize(3);
  }

  @Test
  void contents_come_from_text_base64_and_paths() throws IOException {
    Files.createDirectories(folder.resolve("sub"));
    Files.write(folder.resolve("sub/bytes"), new byte[] {1, 2, 3});
    var seed =
        read(
            """
            iTwins:
              - displayName: One
                files:
                  - {displayName: a, text: "é\\n"}
                  - displayName: b
                    base64: |
                      AQ
                      ID
                  - {displayName: c, path: sub/bytes}
            """);
    assertThat(seed.contents()).as("equal contents once").hasSize(2);
    try (var text = seed.contents().getFirst().bytes().open();
        var bytes = seed.contents().getLast().bytes().open()) {
      assertThat(text.readAllBytes()).isEqualTo("é\n".getBytes(UTF_8));
      assertThat(bytes.readAllBytes()).containsExactly(1, 2, 3);
    }
    assertThat(seed.objects().files())
        .extracting(SeedFile::sha256)
        .containsExactly(
            seed.contents().getFirst().sha256(),
            seed.contents().getLast().sha256(),
            seed.contents().getLast().sha256());
  }

  // ---- ids -------------------------------------------------------------------------------------

  @Test
  void ids_follow_from_the_names_and_are_the_same_at_each_start() {
    var text =
        """
        iTwins:
          - displayName: One
            files: [{displayName: a, text: a}, {displayName: a, text: b}]
            folders: [{displayName: a}]
            iModels: [{name: Plant, connections: [{sourceFiles: [{file: c/b, connectorType: DWG}]}]}]
          - displayName: One
        """;
    var withFile =
        text.replace("{displayName: a}]", "{displayName: c, files: [{displayName: b, text: x}]}]");
    var seed = read(withFile);
    assertThat(read(withFile).objects()).isEqualTo(seed.objects());
    assertThat(seed.objects().iTwins()).extracting(ITwin::id).doesNotHaveDuplicates();
    assertThat(files(seed)).doesNotHaveDuplicates().hasSize(3);
    // A change of the rule would break tests that contain ids.
    assertThat(seed.objects().iTwins().getFirst().id())
        .hasToString("%s".formatted(read(withFile).objects().iTwins().getFirst().id()));
  }

  @Test
  void derived_ids_have_version_4_and_none_begins_with_a_minus() {
    var iTwins = new StringBuilder("iTwins:\n");
    IntStream.range(0, 300)
        .forEach(i ->
            iTwins.append(
                """
                - displayName: iTwin %d
                  files: [{displayName: a, text: a}]
                  iModels: [{name: m, connections: [{sourceFiles: [{file: a, connectorType: DWG}]}]}]
                """
                    .formatted(i)));
    var seed = read(iTwins.toString());
    assertThat(seed.objects().iTwins())
        .allSatisfy(iTwin -> {
          assertThat(iTwin.id().value().version()).isEqualTo(4);
          assertThat(iTwin.id().value().variant()).isEqualTo(2);
        });
    assertThat(files(seed)).extracting(StorageFileId::toString).noneMatch(id -> id.startsWith("-"));
    assertThat(seed.objects().connections())
        .extracting(connection -> connection.id().toString())
        .doesNotHaveDuplicates()
        .noneMatch(id -> id.startsWith("-"));
  }

  @Test
  void fixed_ids_count() {
    var seed =
        read(
            """
            iTwins:
              - displayName: One
                id: 9E4B1C62-5B2C-4C53-8F0D-0B6A4C1F7A11
                iModels:
                  - name: Plant
                    id: 7dbd531d-6967-47b2-8945-a722a437ad7a
                    connections:
                      - id: HVO9fWdpskeJRacipDeteoUyMkR2mLpPkXG9bR7sFFs
                        sourceFiles:
                          - file: a
                            connectorType: DWG
                            id: 2f8f2a4d-64f4-4f0f-9c7a-2f0a0f6cbd01
                files: [{displayName: a, text: a, id: YhxLnixbU0yPDQtqTB96EQHaPPYkW31Ekr6xyA0AamY}]
            """);
    assertThat(seed.objects().iTwins()).extracting(iTwin -> "" + iTwin.id()).containsExactly(ITWIN);
    assertThat(files(seed))
        .extracting(Object::toString)
        .containsExactly("YhxLnixbU0yPDQtqTB96EQHaPPYkW31Ekr6xyA0AamY");
    assertThat(seed.objects().connections())
        .singleElement()
        .satisfies(connection ->
            assertThat(connection.id()).hasToString("HVO9fWdpskeJRacipDeteoUyMkR2mLpPkXG9bR7sFFs"))
        .extracting(NewConnection::sourceFiles)
        .extracting(List::getFirst)
        .extracting(SourceFile::id)
        .hasToString("2f8f2a4d-64f4-4f0f-9c7a-2f0a0f6cbd01");
  }

  // ---- the digest ------------------------------------------------------------------------------

  @Test
  void the_digest_differs_if_the_seed_or_a_named_file_differs() throws IOException {
    var file = folder.resolve("a");
    var text = "iTwins: [{displayName: One, files: [{displayName: a, path: a}]}]";
    Files.writeString(file, "A");
    var digest = read(text).digest();
    assertThat(read(text).digest()).isEqualTo(digest);
    assertThat(read(text + "\n").digest()).isNotEqualTo(digest);
    Files.writeString(file, "B");
    assertThat(read(text).digest()).isNotEqualTo(digest);
  }

  // ---- what is refused -------------------------------------------------------------------------

  @Test
  void everything_wrong_is_said_at_once_with_its_line_and_path() throws IOException {
    Files.write(folder.resolve("large"), new byte[CONTENT_BYTES_MAX + 1]);
    var problems =
        problems(
            """
            iTwin: []
            iTwins:
              - displayName: 30
                clas: Thing
                class: Thing
                subClass: Projct
                id: nonsense
                members:
                  - {subject: ann, role: boss}
                  - {subject: ann}
                iModels:
                  - name: Plant
                    extent: {south: -91, west: 0, north: 0, east: east}
                    connections:
                      - sourceFiles:
                          - file: design/a.dgn
                            connectorType: MSTNN
                          - {file: notes.txt, connectorType: DWG}
                          - {file: notes.txt, connectorType: DWG}
                      - sourceFiles:
                          - {file: notes.txt, connectorType: DWG}
                      - displayName: empty
                  - name: Plant
                    description: [a]
                  - id: 7dbd531d-6967-47b2-8945-a722a437ad7a
                folders:
                  - displayName: designs
                    files:
                      - {displayName: a.dgn, text: a, base64: AA==}
                      - {displayName: "a:b", text: a}
                      - {displayName: setup.exe, base64: "?"}
                      - displayName: b
                      - {displayName: c, path: nowhere}
                      - {displayName: d, path: .}
                      - {displayName: e, path: large}
                files:
                  - {displayName: notes.txt, text: a}
            """);
    assertThat(problems)
        .extracting(problem -> problem.split(" ", 3)[0] + " " + problem.split(" ", 3)[1])
        .containsExactly(
            "1:1: iTwin",
            "3:18: iTwins[0].displayName",
            "4:5: iTwins[0].clas",
            "6:15: iTwins[0].subClass",
            "7:9: iTwins[0].id",
            "9:30: iTwins[0].members[0].role",
            "10:9: iTwins[0].members[1].role",
            "10:19: iTwins[0].members[1].subject",
            "13:55: iTwins[0].iModels[0].extent.east",
            "16:23: iTwins[0].iModels[0].connections[0].sourceFiles[0].file",
            "17:32: iTwins[0].iModels[0].connections[0].sourceFiles[0].connectorType",
            "19:24: iTwins[0].iModels[0].connections[0].sourceFiles[2].file",
            "21:24: iTwins[0].iModels[0].connections[1].sourceFiles[0].file",
            "22:13: iTwins[0].iModels[0].connections[2].sourceFiles",
            "23:15: iTwins[0].iModels[1].name",
            "24:22: iTwins[0].iModels[1].description",
            "25:9: iTwins[0].iModels[2].name",
            "29:51: iTwins[0].folders[0].files[0].base64",
            "30:27: iTwins[0].folders[0].files[1].displayName",
            "31:27: iTwins[0].folders[0].files[2].displayName",
            "31:46: iTwins[0].folders[0].files[2].base64",
            "32:13: iTwins[0].folders[0].files[3].text",
            "33:36: iTwins[0].folders[0].files[4].path",
            "34:36: iTwins[0].folders[0].files[5].path",
            "35:36: iTwins[0].folders[0].files[6].path");
    assertThat(problems)
        .anySatisfy(line ->
            assertThat(line)
                .contains("iTwin is not a member of the seed; probably you mean iTwins"))
        .anySatisfy(line ->
            assertThat(line).contains("is a number; it must be a text, so write it between quotes"))
        .anySatisfy(line ->
            assertThat(line).contains("clas is not a member of an iTwin; probably you mean class"))
        .anySatisfy(line -> assertThat(line).contains("must be one of [AUTOPLANT, CIVIL"))
        .anySatisfy(line -> assertThat(line).contains("probably you mean designs/a.dgn"))
        .anySatisfy(line ->
            assertThat(line).contains("is mapped by another connection of the iModel already"))
        .anySatisfy(line ->
            assertThat(line)
                .contains("is the file of iTwins[0].iModels[0].connections[0].sourceFiles[1], too"))
        .anySatisfy(line -> assertThat(line).contains("connections[2].sourceFiles is missing"))
        .anySatisfy(line -> assertThat(line).contains("is that of iTwins[0].iModels[0], too"))
        .anySatisfy(
            line -> assertThat(line).contains("has 1001 bytes; an upload has at most 1000"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{displayName: a, id: 9e4b1c62-5b2c-4c53-8f0d-0b6a4c1f7a11}, {displayName: b, id:"
            + " 9e4b1c62-5b2c-4c53-8f0d-0b6a4c1f7a11}| iTwins[1].id is that of iTwins[0], too",
        "{displayName: a, id: a86ab5d4-30c4-4b3a-9dd1-6a7fcd2a1f57} | account",
        "{displayName: a, number: x}, {displayName: b, number: x} | iTwins[1].number is that of"
            + " iTwins[0], too",
        "{displayName: a, iModels: [{name: m, id: 7dbd531d-6967-47b2-8945-a722a437ad7a}]},"
            + " {displayName: b, iModels: [{name: m, id: 7dbd531d-6967-47b2-8945-a722a437ad7a}]}|"
            + " iTwins[1].iModels[0].id is that of iTwins[0].iModels[0], too",
        "{displayName: a, parentId: 7dbd531d-6967-47b2-8945-a722a437ad7a} | iTwins[0].parentId must"
            + " be the id of another iTwin",
        "{displayName: a, class: Thing} | iTwins[0].class must be Endeavor, the class of Project",
        "{displayName: a, files: [{displayName: f, text: a, id:"
            + " YhxLnixbU0yPDQtqTB96EQHaPPYkW31Ekr6xyA0AamY}]} | contains the id of iTwin"
            + " 9e4b1c62-5b2c-4c53-8f0d-0b6a4c1f7a11, but",
        "{displayName: a, id: 9e4b1c62-5b2c-4c53-8f0d-0b6a4c1f7a11, files: [{displayName: f, text:"
            + " a, id: YhxLnixbU0yPDQtqTB96EWIcS54sW1NMjw0LakwfehE}]} | is that of the root folder",
        "{displayName: a, files: [{displayName: f, text: a, id: f}]} | iTwins[0].files[0].id must"
            + " be 43 characters of base64url",
        "{displayName: a, iModels: [{name: m, connections: [{id:"
            + " HVO9fWdpskeJRacipDeteoUyMkR2mLpPkXG9bR7sFFs, sourceFiles: [{file: f, connectorType:"
            + " DWG}]}]}], files: [{displayName: f, text: a}]}| contains the id of iModel"
            + " 7dbd531d-6967-47b2-8945-a722a437ad7a, but",
        "{displayName: a, iModels: [{name: m, connections: [{sourceFiles: [{file: f, connectorType:"
            + " DWG}]}]}], files: [{displayName: f, text: a}, {displayName: f, text: b}]}| is the"
            + " path of 2 files; give them different names",
        "{displayName: a, displayName: b} | iTwins[0].displayName is repeated",
        "{displayName: a, members: []} | iTwins[0].members must have at least one item",
        "{displayName: a, members: [{subject: b, role: reader}]} | iTwins[0].members must have a"
            + " member with the role owner",
        "{displayName: a, members: owner} | iTwins[0].members is a text; it must be a list",
        "{displayName: a, iModels: {name: m}} | iTwins[0].iModels is an object; it must be a list",
        "{displayName: a, iModels: [m]} | iTwins[0].iModels[0] is a text; it must be an object with"
            + " the members of an iModel: name, id",
        "{displayName: true} | iTwins[0].displayName is true or false; it must be a text",
        "{displayName: ' '} | must be a text that is not blank",
        "{displayName: a, iModels: [{name: m, extent: {south: 1, west: 1, north: 1, east: 181}}]} |"
            + " iTwins[0].iModels[0].extent must have degrees",
        "{displayName: a, <<: {id: x}} | <<",
        "{displayName: a, files: [{displayName: f, text: \"\\uD800\"}]} | lone surrogates",
      })
  void one_problem_is_one_message(String iTwins, String message) {
    assertThat(problems("iTwins: [" + iTwins + "]"))
        .singleElement()
        .asString()
        .startsWith("1:")
        .contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "iTwins: [|is not YAML or JSON",
        "{\"iTwins\": [}|is not YAML or JSON",
        "iTwins: &a []|has an anchor",
        "iTwins: [*a]|is an alias",
        "iTwins: !!set {}|has a tag",
        "? [a]\\n: b|must be the name of a member",
        "{}\\n---\\n{}|is a second document",
        "[]|is a list; it must be an object with the members of the seed: iTwins",
        "iTwins: \\u0007|the character U+0007 is not allowed",
      })
  void a_file_that_is_not_one_plain_document_is_refused(String text, String message) {
    var document = text.replace("\\n", "\n").replace("\\u0007", "\u0007");
    assertThat(problems(document))
        .singleElement()
        .asString()
        .matches("\\d+:\\d+: .*")
        .contains(message);
  }

  @Test
  @Timeout(20)
  void deep_nesting_ends_with_a_message() {
    var lists = "[".repeat(1_000_000);
    assertThat(problems("iTwins: " + lists))
        .singleElement()
        .asString()
        .contains("is below more than");
  }

  @Test
  @Timeout(20)
  void a_bomb_of_aliases_is_refused_at_its_first_anchor() {
    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(9)));
    }
    assertThat(problems(bomb.toString())).singleElement().asString().contains("has an anchor");
  }

  @Test
  void folders_are_at_most_100_deep() {
    assertThat(read(nested(100)).objects().folders()).hasSize(100);
    assertThat(problems(nested(101)))
        .singleElement()
        .asString()
        .contains("is in more than 100 folders");
  }

  private static String nested(int depth) {
    return "iTwins: [{displayName: a, "
        + "folders: [{displayName: f, ".repeat(depth)
        + "files: [{displayName: x, text: a}]"
        + "}]".repeat(depth)
        + "}]";
  }

  @Test
  void a_file_that_cannot_be_read_is_refused() throws IOException {
    Files.write(folder.resolve("latin1"), "iTwins: [] # é".getBytes(ISO_8859_1));
    Files.write(folder.resolve("long"), new byte[SeedReader.BYTES_MAX + 1]);
    assertThat(problemsOfFile("nowhere")).contains("1:1: the file does not exist");
    assertThat(problemsOfFile(".")).contains("is not a file");
    assertThat(problemsOfFile("latin1")).contains("is not in UTF-8");
    assertThat(problemsOfFile("long")).contains("has 10485761 bytes; it may have 10485760");
  }

  private String problemsOfFile(String name) {
    return catchThrowableOfType(
            InvalidSeedException.class,
            () -> SeedReader.read(folder.resolve(name), CONTENT_BYTES_MAX))
        .problems()
        .getFirst()
        .toString();
  }

  @Test
  void paths_begin_in_the_folder_of_the_file() throws Exception {
    Files.createDirectories(folder.resolve("sub"));
    Files.writeString(folder.resolve("sub/content"), "A");
    var file =
        Files.writeString(
            folder.resolve("sub/seed.yaml"),
            "iTwins: [{displayName: a, files: [{displayName: f, path: content}]}]");
    assertThat(SeedReader.read(file, CONTENT_BYTES_MAX).contents())
        .singleElement()
        .extracting(content -> content.size())
        .isEqualTo(1L);
  }

  // ---- the documentation -----------------------------------------------------------------------

  private static String documentation() throws IOException {
    return Files.readString(Path.of("..", "docs", "seed.md"));
  }

  @Test
  void the_documented_examples_are_valid_and_contain_every_member() throws IOException {
    Files.createDirectories(folder.resolve("files"));
    Files.writeString(folder.resolve("files/plan.pdf"), "%PDF");
    var examples =
        Stream.of(documentation().split("```yaml\n", -1))
            .skip(1)
            .map(rest -> rest.split("```", -1)[0])
            .toList();
    assertThat(examples).hasSize(2);
    examples.forEach(this::read);
    for (var schema : SeedSchema.ALL) {
      assertThat(schema.members())
          .allSatisfy(
              member -> assertThat(examples.getFirst()).containsPattern("\\b" + member + ":"));
    }
  }

  @Test
  void the_documentation_describes_every_member() throws IOException {
    var documentation = documentation();
    for (var schema : SeedSchema.ALL) {
      var section =
          schema.equals(SeedSchema.EXTENT)
              ? documentation
              : documentation
                  .split(
                      "### "
                          + schema.kind().substring(0, 1).toUpperCase(Locale.ROOT)
                          + schema.kind().substring(1)
                          + "\n",
                      2)[1]
                  .split("\n##", 2)[0];
      assertThat(schema.members())
          .allSatisfy(member -> assertThat(section).contains("`" + member + "`"));
    }
  }
}
