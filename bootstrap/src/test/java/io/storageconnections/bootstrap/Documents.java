package io.storageconnections.bootstrap;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Bodies of requests. */
final class Documents {

  private Documents() {}

  /** The id of a Storage file that nobody has named before. */
  static String newFile() {
    var bytes = ByteBuffer.allocate(32);
    for (var half : List.of(UUID.randomUUID(), UUID.randomUUID())) {
      bytes.putLong(half.getMostSignificantBits()).putLong(half.getLeastSignificantBits());
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  static String connection(UUID iModel, List<String> files) {
    return """
    {"displayName": "30", "iModelId": "%s", "authenticationType": "User", "sourceFiles": [%s]}
    """
        .formatted(iModel, files.stream().map(Documents::file).collect(Collectors.joining(", ")));
  }

  static String file(String file) {
    return """
    {"storageFileId": "%s", "connectorType": "MSTN"}\
    """
        .formatted(file);
  }
}
