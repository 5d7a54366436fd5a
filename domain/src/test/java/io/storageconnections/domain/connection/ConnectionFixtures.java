package io.storageconnections.domain.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A builder of connections for tests: {@code connection().mapping("drawing.dgn").build()}. Values
 * that a test does not set have valid defaults; the default file is a new one. Not thread-safe.
 */
public final class ConnectionFixtures {

  /** The default iModel. */
  public static final IModelId IMODEL = IModelId.parse("7dbd531d-6967-47b2-8945-a722a437ad7a");

  /** The iTwin of every connection, and the default iTwin of files. */
  public static final ITwinId ITWIN = ITwinId.parse("5fb9aa98-9874-4697-b942-d19728840f19");

  private IModelId iModel = IMODEL;
  private @Nullable DisplayName displayName = DisplayName.parse("Site drawings");
  private AuthenticationType authenticationType = AuthenticationType.USER;
  private ConnectorType connectorType = ConnectorType.MSTN;
  private List<StorageFileId> files = List.of(file(UUID.randomUUID().toString()));
  private List<@Nullable FileName> names = List.of(new FileName("site.dgn"));
  private Instant created = Instant.parse("2026-01-02T03:04:05.678901Z");

  private ConnectionFixtures() {}

  /** Creates a builder. */
  public static ConnectionFixtures connection() {
    return new ConnectionFixtures();
  }

  /** Returns a new random iModel id. */
  public static IModelId iModel() {
    return new IModelId(UUID.randomUUID());
  }

  /** Returns the id of a file. Equal names give equal ids, different names different ids. */
  public static StorageFileId file(String name) {
    return file(ITWIN, name);
  }

  /**
   * Returns the id of a file in an iTwin. Equal names give equal ids, different names different
   * ids.
   */
  public static StorageFileId file(ITwinId iTwin, String name) {
    return new StorageFileId(iTwin, UUID.nameUUIDFromBytes(name.getBytes(UTF_8)));
  }

  /** Sets the iModel. */
  public ConnectionFixtures of(IModelId iModel) {
    this.iModel = iModel;
    return this;
  }

  /** Sets the display name. */
  public ConnectionFixtures named(String displayName) {
    this.displayName = DisplayName.parse(displayName);
    return this;
  }

  /** Removes the display name. */
  public ConnectionFixtures unnamed() {
    displayName = null;
    return this;
  }

  /** Sets the files, and their names, by the names that {@link #file(String)} takes. */
  public ConnectionFixtures mapping(String... names) {
    files = Arrays.stream(names).map(ConnectionFixtures::file).toList();
    this.names = Arrays.stream(names).map(FileName::of).toList();
    return this;
  }

  /** Sets the files, whose names are not known. */
  public ConnectionFixtures mapping(StorageFileId... files) {
    this.files = List.of(files);
    names = Collections.nCopies(files.length, null);
    return this;
  }

  /** Sets the connector of all files. */
  public ConnectionFixtures readBy(ConnectorType connectorType) {
    this.connectorType = connectorType;
    return this;
  }

  /** Sets the authentication type. */
  public ConnectionFixtures authenticated(AuthenticationType authenticationType) {
    this.authenticationType = authenticationType;
    return this;
  }

  /** Sets the time of creation of the connection and of its files. */
  public ConnectionFixtures created(Instant created) {
    this.created = created;
    return this;
  }

  /**
   * Creates the connection. Each call creates new ids; the ids of the source files ascend in the
   * order of the files.
   */
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

  /**
   * Creates only the source files. Each call creates new ids, which ascend in the order of the
   * files.
   */
  public List<SourceFile> sourceFiles() {
    var ids =
        Stream.generate(UUID::randomUUID)
            .limit(files.size())
            .map(SourceFileId::new)
            .sorted()
            .toList();
    var sourceFiles = new ArrayList<SourceFile>(files.size());
    for (var file : files) {
      int index = sourceFiles.size();
      sourceFiles.add(
          new SourceFile(ids.get(index), file, connectorType, created).named(names.get(index)));
    }
    return sourceFiles;
  }
}
