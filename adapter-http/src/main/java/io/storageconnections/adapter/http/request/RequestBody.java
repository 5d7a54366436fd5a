package io.storageconnections.adapter.http.request;

import io.storageconnections.adapter.http.error.ViolationPaths;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of the JSON object in the body of a request, not validated. A member that is absent
 * or null is null. A member that does not have the documented JSON type is also null, and is in
 * {@link #mistyped}. Unknown members are ignored. Not thread-safe.
 */
public final class RequestBody {

  private static final String SOURCE_FILES = "sourceFiles";

  private final ObjectNode body;
  private final Set<String> mistyped = new HashSet<>();

  /** Creates the body from parsed JSON. */
  public RequestBody(ObjectNode body) {
    this.body = body;
  }

  /** Returns the paths of the members read so far that do not have the documented JSON type. */
  public Set<String> mistyped() {
    return mistyped;
  }

  /** Returns whether the body has a member of this name that is not null. */
  public boolean hasNonNull(String name) {
    var value = body.get(name);
    return value != null && !value.isNull();
  }

  /** Returns the value of a string member. */
  public @Nullable String text(String name) {
    return text(body, "", name);
  }

  /** Returns the entries of {@code sourceFiles}; an entry that is not an object is null. */
  public @Nullable List<@Nullable SourceFileRequest> sourceFiles() {
    if (!hasNonNull(SOURCE_FILES)) {
      return null;
    }
    var files = body.get(SOURCE_FILES);
    // The server does not read a list that is too long, and so reports only one violation.
    if (!files.isArray() || files.size() > SourceFileRequest.FILES_MAX) {
      mistyped.add(SOURCE_FILES);
      return null;
    }
    var requests = new ArrayList<@Nullable SourceFileRequest>(files.size());
    for (var file : files) {
      requests.add(sourceFile(file, requests.size()));
    }
    return requests;
  }

  /** Returns a list whose only entry is the body itself, as a source file. */
  public List<@Nullable SourceFileRequest> asSourceFile() {
    var requests = new ArrayList<@Nullable SourceFileRequest>(1);
    requests.add(sourceFile(body, 0));
    return requests;
  }

  private @Nullable SourceFileRequest sourceFile(JsonNode file, int index) {
    var path = ViolationPaths.sourceFile(index);
    if (file.isNull()) {
      return null;
    }
    if (!file.isObject()) {
      mistyped.add(path);
      return null;
    }
    return new SourceFileRequest(
        text(file, path + ".", "storageFileId"), text(file, path + ".", "connectorType"));
  }

  private @Nullable String text(JsonNode object, String prefix, String name) {
    var value = object.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      mistyped.add(prefix + name);
      return null;
    }
    return value.stringValue();
  }
}
