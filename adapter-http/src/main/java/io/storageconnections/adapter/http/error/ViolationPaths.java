package io.storageconnections.adapter.http.error;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Converts the paths of violations in a use case's request to places in the HTTP request body. */
public enum ViolationPaths {
  /** The HTTP request has no body: all members are in its path or its query. */
  NO_BODY,
  /** The body has the same members as the use case's request. */
  SAME_AS_BODY,
  /** The body is one source file; in the use case's request it is the only entry of a list. */
  SINGLE_SOURCE_FILE;

  private static final String FIRST_FILE = sourceFile(0) + ".";

  /** The members that are always in the path of the HTTP request. */
  private static final Set<String> IN_PATH = Set.of("connectionId", "sourceFileId");

  /** Returns the path of an entry of {@code sourceFiles}. */
  public static String sourceFile(int index) {
    return "sourceFiles[" + index + "]";
  }

  /** Converts a path, such as {@code sourceFiles[0].storageFileId}, to the path in the body. */
  public String pathInBody(String path) {
    return this == SINGLE_SOURCE_FILE && path.startsWith(FIRST_FILE)
        ? path.substring(FIRST_FILE.length())
        : path;
  }

  /** Converts a path to a JSON Pointer (RFC 6901); returns null if it is not in the body. */
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
