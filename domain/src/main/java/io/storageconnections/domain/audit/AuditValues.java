package io.storageconnections.domain.audit;

import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.run.Run;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values before or after a change, as the text of a JSON object with the member names of the
 * API. The only place that writes this text. A value that is null is absent.
 */
final class AuditValues {

  private final StringBuilder json = new StringBuilder(256);

  private AuditValues() {}

  static String ofConnection(StorageConnection connection) {
    return object(values -> values.connection(connection));
  }

  static String ofConnection(StorageConnection connection, List<SourceFile> files) {
    return object(values -> {
      values.connection(connection);
      values.files(files);
    });
  }

  static String ofFiles(List<SourceFile> files) {
    return object(values -> values.files(files));
  }

  static String ofFile(ConnectionId connection, SourceFile file) {
    return object(values -> {
      values.text("connectionId", connection.toString());
      values.files(List.of(file));
    });
  }

  static String ofRun(Run run) {
    return object(values -> {
      values.text("id", run.id().toString());
      values.text("state", run.state().toString());
      values.text("result", run.result().toString());
    });
  }

  static String ofIModel(long connections) {
    return object(values -> {
      values.name("connectionCount");
      values.json.append(connections);
    });
  }

  @FunctionalInterface
  private interface Members {

    void writeTo(AuditValues values);
  }

  private static String object(Members members) {
    var values = new AuditValues();
    values.json.append('{');
    members.writeTo(values);
    return values.json.append('}').toString();
  }

  private void connection(StorageConnection connection) {
    text("displayName", text(connection.displayName()));
    text("authenticationType", connection.authenticationType().toString());
  }

  private void files(List<SourceFile> files) {
    name("sourceFiles");
    json.append('[');
    for (var file : files) {
      separate();
      json.append('{');
      text("id", file.id().toString());
      text("storageFileId", file.storageFileId().toString());
      text("connectorType", file.connectorType().name());
      text("lastKnownFileName", text(file.lastKnownFileName()));
      json.append('}');
    }
    json.append(']');
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private void text(String name, @Nullable String value) {
    if (value != null) {
      name(name);
      quote(value);
    }
  }

  private void name(String name) {
    separate();
    quote(name);
    json.append(':');
  }

  private void separate() {
    var last = json.charAt(json.length() - 1);
    if (last != '{' && last != '[') {
      json.append(',');
    }
  }

  private void quote(String value) {
    json.append('"');
    for (int index = 0; index < value.length(); index++) {
      var character = value.charAt(index);
      if (character == '"' || character == '\\') {
        json.append('\\').append(character);
      } else if (character < ' ') {
        json.append("\\u%04x".formatted((int) character));
      } else {
        json.append(character);
      }
    }
    json.append('"');
  }
}
