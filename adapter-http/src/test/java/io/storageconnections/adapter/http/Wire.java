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

/** The golden files: bodies as the documents print them, and not as our own classes would. */
final class Wire {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Indents by two, puts every member and entry on a line of its own, and keeps their order. */
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

  /** A body in the layout of the golden files. */
  static String pretty(String json) {
    return MAPPER.writer().with(PRINTER).writeValueAsString(MAPPER.readTree(json)) + "\n";
  }

  /**
   * Where the documented details are about, if the request names one file; the first is about no
   * place.
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
   * The documented 422 with only the detail of that number, counted from 1 as it lists them, and
   * with its pointer, which is ours.
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

  /** A 422 with one detail of ours. */
  static String ours422(String member) {
    var detail = MAPPER.readTree(golden("422-beyond-the-document")).get(member);
    return with(MAPPER.readTree(golden("422-document")), MAPPER.createArrayNode().add(detail));
  }

  private static String with(JsonNode body, JsonNode details) {
    body.get("error").asObject().set("details", details);
    return pretty(body.toString());
  }

  /**
   * A 422 of malformed JSON without what tells the place, which must be there and is ours: as the
   * document has it.
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

  /** The text at a JSON pointer. */
  static String at(String json, String pointer) {
    return MAPPER.readTree(json).at(pointer).asString();
  }

  static long count(String json, String pointer) {
    return StreamSupport.stream(MAPPER.readTree(json).at(pointer).spliterator(), false).count();
  }
}
