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
 * The object that a request brings, read member by member without judging it: what is absent or
 * null is null, and what is not of the documented JSON type is null and noted. Unknown members are
 * passed over. Not for use by several threads.
 */
public final class RequestBody {

  private static final String SOURCE_FILES = "sourceFiles";

  private final ObjectNode body;
  private final Set<String> mistyped = new HashSet<>();

  public RequestBody(ObjectNode body) {
    this.body = body;
  }

  /** The paths of what was noted, of all that was read so far. */
  public Set<String> mistyped() {
    return mistyped;
  }

  public boolean has(String name) {
    var value = body.get(name);
    return value != null && !value.isNull();
  }

  public @Nullable String text(String name) {
    return text(body, "", name);
  }

  public @Nullable List<@Nullable SourceFileRequest> sourceFiles() {
    if (!has(SOURCE_FILES)) {
      return null;
    }
    var files = body.get(SOURCE_FILES);
    // Too long a list is not even read: it is one violation, however many its entries have.
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

  /** The body as the only source file of a list. */
  public List<@Nullable SourceFileRequest> sourceFile() {
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
