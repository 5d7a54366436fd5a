package io.storageconnections.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The golden files, and access to members of JSON bodies. The golden files are written by hand, so
 * that a test does not compare an answer with the output of the class under test.
 */
final class Wire {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Indents by two spaces, writes each member and entry on its own line, and keeps the order. */
  private static final DefaultPrettyPrinter PRINTER =
      new DefaultPrettyPrinter(
              Separators.createDefaultInstance()
                  .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                  .withArrayEmptySeparator(""))
          .withArrayIndenter(new DefaultIndenter("  ", "\n"))
          .withObjectIndenter(new DefaultIndenter("  ", "\n"));

  private Wire() {}

  static String golden(String name) {
    var path = "/wire/" + name + ".json";
    try (var file = Wire.class.getResourceAsStream(path)) {
      if (file == null) {
        throw new IllegalArgumentException("no golden file " + path);
      }
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a body in the layout of the golden files. */
  static String pretty(String json) {
    return MAPPER.writer().with(PRINTER).writeValueAsString(MAPPER.readTree(json)) + "\n";
  }

  /**
   * The pointers of the documented details, for a request with one file. The first detail has no
   * pointer.
   */
  private static final List<String> POINTERS =
      List.of(
          "",
          "/sourceFiles",
          "/sourceFiles",
          "/sourceFiles/0/connectorType",
          "/sourceFiles/0/storageFileId",
          "/iModelId",
          "/sourceFiles/0/connectorType",
          "/iModelId",
          "/sourceFiles/0/storageFileId");

  /**
   * Returns the documented 422 with one of its details, and with the pointer of this detail, which
   * is an addition of this project.
   *
   * @param number the number of the detail in the documentation, counted from 1
   */
  static String documented422(int number) {
    var body = MAPPER.readTree(golden("422-document"));
    var detail = body.at("/error/details").get(number - 1).asObject();
    var pointer = POINTERS.get(number - 1);
    if (!pointer.isEmpty()) {
      detail.put("pointer", pointer);
    }
    return with(body, MAPPER.createArrayNode().add(detail));
  }

  /** Returns a 422 with one detail that the documentation does not have. */
  static String undocumented422(String member) {
    var detail = MAPPER.readTree(golden("422-beyond-the-document")).get(member);
    return with(MAPPER.readTree(golden("422-document")), MAPPER.createArrayNode().add(detail));
  }

  private static String with(JsonNode body, JsonNode details) {
    body.get("error").asObject().set("details", details);
    return pretty(body.toString());
  }

  /**
   * Returns a 422 of malformed JSON in the documented form: without the members {@code reason},
   * {@code line} and {@code column}, which are additions of this project.
   *
   * @throws AssertionError if the body does not have these members
   */
  static String withoutPlace(String json) {
    var body = MAPPER.readTree(json);
    var detail = body.at("/error/details/0").asObject();
    for (var member : List.of("reason", "line", "column")) {
      if (detail.remove(member) == null) {
        throw new AssertionError("no " + member + " in " + json);
      }
    }
    return pretty(body.toString());
  }

  /** Returns the value at a JSON pointer as text; empty if there is none. */
  static String at(String json, String pointer) {
    return MAPPER.readTree(json).at(pointer).asString();
  }

  /** Returns the number of entries of the array at a JSON pointer. */
  static long count(String json, String pointer) {
    return StreamSupport.stream(MAPPER.readTree(json).at(pointer).spliterator(), false).count();
  }
}
