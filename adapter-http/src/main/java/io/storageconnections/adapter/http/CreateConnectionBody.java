package io.storageconnections.adapter.http;

import io.storageconnections.application.port.in.ConnectionRequest;
import io.storageconnections.application.port.in.SourceFileRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body that asks for a connection, read into the use case's request without judging it: what is
 * absent or null is null, and what is not of the documented JSON type is null and noted. Unknown
 * members are passed over.
 *
 * <p>Source: create-storage-connection.txt, "Storage Connection (create)".
 */
final class CreateConnectionBody {

  private final Set<String> mistyped = new HashSet<>();

  private CreateConnectionBody() {}

  static ConnectionRequest read(ObjectNode body) {
    return new CreateConnectionBody().request(body);
  }

  private ConnectionRequest request(ObjectNode body) {
    return new ConnectionRequest(
        text(body, "", "displayName"),
        text(body, "", "iModelId"),
        text(body, "", "authenticationType"),
        sourceFiles(body.get("sourceFiles")),
        mistyped);
  }

  private @Nullable List<@Nullable SourceFileRequest> sourceFiles(@Nullable JsonNode files) {
    if (files == null || files.isNull()) {
      return null;
    }
    // Too long a list is not even read: it is one violation, however many its entries have.
    if (!files.isArray() || files.size() > ConnectionRequest.SOURCE_FILES_MAX) {
      mistyped.add("sourceFiles");
      return null;
    }
    var requests = new ArrayList<@Nullable SourceFileRequest>(files.size());
    for (var file : files) {
      requests.add(sourceFile(file, "sourceFiles[" + requests.size() + "]"));
    }
    return requests;
  }

  private @Nullable SourceFileRequest sourceFile(JsonNode file, String path) {
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
