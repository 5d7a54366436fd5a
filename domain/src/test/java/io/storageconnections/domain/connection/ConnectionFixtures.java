package io.storageconnections.domain.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A connection in the making, for tests: {@code connection().mapping("drawing.dgn").build()}.
 * Whatever is not said is valid, and the file is one that no other connection maps. Not for use by
 * several threads.
 */
public final class ConnectionFixtures {

  /** The iModel of every connection that is not said to be of another. */
  public static final IModelId IMODEL = IModelId.parse("7dbd531d-6967-47b2-8945-a722a437ad7a");

  /** The iTwin of every connection, and of every file that is not said to be of another. */
  public static final ITwinId ITWIN = ITwinId.parse("5fb9aa98-9874-4697-b942-d19728840f19");

  private IModelId iModel = IMODEL;
  private @Nullable DisplayName displayName = DisplayName.parse("Site drawings");
  private AuthenticationType authenticationType = AuthenticationType.USER;
  private ConnectorType connectorType = ConnectorType.MSTN;
  private List<StorageFileId> files = List.of(file(UUID.randomUUID().toString()));
  private Instant created = Instant.parse("2026-01-02T03:04:05.678901Z");

  private ConnectionFixtures() {}

  /** Begins a connection. */
  public static ConnectionFixtures connection() {
    return new ConnectionFixtures();
  }

  /** An iModel that nothing else uses. */
  public static IModelId iModel() {
    return new IModelId(UUID.randomUUID());
  }

  /** The file of that name: the same name gives the same file, another name another. */
  public static StorageFileId file(String name) {
    return file(ITWIN, name);
  }

  /** The file of that name in an iTwin: the same name gives the same file, another name another. */
  public static StorageFileId file(ITwinId iTwin, String name) {
    return new StorageFileId(iTwin, UUID.nameUUIDFromBytes(name.getBytes(UTF_8)));
  }

  /** Says which iModel the files are synchronized to. */
  public ConnectionFixtures of(IModelId iModel) {
    this.iModel = iModel;
    return this;
  }

  /** Says what people call it. */
  public ConnectionFixtures named(String displayName) {
    this.displayName = DisplayName.parse(displayName);
    return this;
  }

  /** Takes the name away. */
  public ConnectionFixtures unnamed() {
    displayName = null;
    return this;
  }

  /** Says which files it maps, and no others, by the names that {@link #file(String)} takes. */
  public ConnectionFixtures mapping(String... names) {
    files = Arrays.stream(names).map(ConnectionFixtures::file).toList();
    return this;
  }

  /** Says which files it maps, and no others. */
  public ConnectionFixtures mapping(StorageFileId... files) {
    this.files = List.of(files);
    return this;
  }

  /** Says which connector reads its files. */
  public ConnectionFixtures readBy(ConnectorType connectorType) {
    this.connectorType = connectorType;
    return this;
  }

  /** Says on whose behalf its files are read. */
  public ConnectionFixtures authenticated(AuthenticationType authenticationType) {
    this.authenticationType = authenticationType;
    return this;
  }

  /** Says when it was made. */
  public ConnectionFixtures created(Instant created) {
    this.created = created;
    return this;
  }

  /** Makes the connection, with a new id at each call and source file ids that ascend. */
  public NewConnection build() {
    return new NewConnection(
        new StorageConnection(
            new ConnectionId(iModel, UUID.randomUUID()),
            ITWIN,
            displayName,
            authenticationType,
            created),
        sourceFiles());
  }

  /** Makes only the files, with new ids at each call that ascend. */
  public List<SourceFile> sourceFiles() {
    var ids =
        Stream.generate(UUID::randomUUID)
            .limit(files.size())
            .map(SourceFileId::new)
            .sorted()
            .toList();
    var sourceFiles = new ArrayList<SourceFile>(files.size());
    for (var file : files) {
      sourceFiles.add(new SourceFile(ids.get(sourceFiles.size()), file, connectorType, created));
    }
    return sourceFiles;
  }
}
