package io.storageconnections.application;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.port.in.SourceFileRequest;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageFileId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes source files of what was asked for. */
record NewSourceFiles(Clock clock, Supplier<UUID> ids) {

  /** The source files that a valid list describes, in its order, created at the same moment. */
  List<SourceFile> of(@Nullable List<@Nullable SourceFileRequest> requested) {
    return of(requireNonNull(requested), clock.instant());
  }

  private List<SourceFile> of(List<@Nullable SourceFileRequest> requested, Instant created) {
    // Files are listed by creation, then id. Those of one request are created at once, so ids that
    // ascend keep them in the order of the request.
    var ascending =
        Stream.generate(ids).limit(requested.size()).map(SourceFileId::new).sorted().toList();
    var sourceFiles = new ArrayList<SourceFile>(requested.size());
    for (var file : requested) {
      requireNonNull(file);
      sourceFiles.add(
          new SourceFile(
              ascending.get(sourceFiles.size()),
              StorageFileId.parse(requireNonNull(file.storageFileId())),
              ConnectorType.parse(requireNonNull(file.connectorType())),
              created));
    }
    return List.copyOf(sourceFiles);
  }
}
