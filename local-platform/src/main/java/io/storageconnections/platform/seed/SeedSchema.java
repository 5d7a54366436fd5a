package io.storageconnections.platform.seed;

import java.util.List;

/**
 * The kinds of objects in a seed, and their members.
 *
 * @param kind the kind with an article, for messages
 * @param members the names of the members, in the order of the documentation
 */
record SeedSchema(String kind, List<String> members) {

  static final SeedSchema SEED = of("the seed", "iTwins");
  static final SeedSchema ITWIN =
      of(
          "an iTwin",
          "displayName",
          "id",
          "class",
          "subClass",
          "number",
          "type",
          "status",
          "geographicLocation",
          "ianaTimeZone",
          "dataCenterLocation",
          "parentId",
          "members",
          "iModels",
          "folders",
          "files");
  static final SeedSchema MEMBER = of("a member of an iTwin", "subject", "role");
  static final SeedSchema IMODEL =
      of("an iModel", "name", "id", "description", "extent", "connections");
  static final SeedSchema EXTENT = of("an extent", "south", "west", "north", "east");
  static final SeedSchema CONNECTION =
      of("a connection", "displayName", "id", "authenticationType", "sourceFiles");
  static final SeedSchema SOURCE_FILE = of("a source file", "file", "connectorType", "id");
  static final SeedSchema FOLDER =
      of("a folder", "displayName", "id", "description", "folders", "files");
  static final SeedSchema FILE =
      of("a file", "displayName", "id", "description", "text", "base64", "path");

  /** All kinds, in the order of the documentation. */
  static final List<SeedSchema> ALL =
      List.of(SEED, ITWIN, MEMBER, IMODEL, EXTENT, CONNECTION, SOURCE_FILE, FOLDER, FILE);

  /** Copies the list. */
  SeedSchema {
    members = List.copyOf(members);
  }

  private static SeedSchema of(String kind, String... members) {
    return new SeedSchema(kind, List.of(members));
  }
}
