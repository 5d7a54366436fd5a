package io.storageconnections.adapter.http.error;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the places of what a use case was asked are found in the body that it was read from. */
public enum ViolationPaths {
  /** There is no body: everything was in the path or the query. */
  NO_BODY,
  /** The body has the same members. */
  SAME,
  /** The body is the only source file of a list. */
  ONE_FILE;

  private static final String ONLY_FILE = sourceFile(0) + ".";

  /** They are in the path of every request that has them. */
  private static final Set<String> IN_PATH = Set.of("connectionId", "sourceFileId");

  /** The path of an entry of {@code sourceFiles}. */
  public static String sourceFile(int index) {
    return "sourceFiles[" + index + "]";
  }

  /** A path such as {@code sourceFiles[0].storageFileId}, as it is in the body. */
  public String pathInBody(String path) {
    return this == ONE_FILE && path.startsWith(ONLY_FILE)
        ? path.substring(ONLY_FILE.length())
        : path;
  }

  /** The path as a JSON Pointer (RFC 6901) into the body; null if it is not in there. */
  public @Nullable String pointer(String path) {
    return this == NO_BODY || IN_PATH.contains(path)
        ? null
        : "/"
            + pathInBody(path)
                .replace("].", "/")
                .replace('[', '/')
                .replace("]", "")
                .replace('.', '/');
  }
}
