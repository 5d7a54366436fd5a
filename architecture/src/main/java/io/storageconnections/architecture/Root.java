package io.storageconnections.architecture;

/**
 * The package that all others of a tree are below.
 *
 * @param name such as {@code io.storageconnections}
 */
record Root(String name) {

  /** Where this project is. */
  static final Root OURS = new Root("io.storageconnections");

  /** The name of a package or class below, or a pattern of ArchUnit's for some. */
  String below(String relative) {
    return name + "." + relative;
  }
}
