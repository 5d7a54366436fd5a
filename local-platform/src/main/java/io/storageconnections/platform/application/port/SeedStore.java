package io.storageconnections.platform.application.port;

import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.platform.application.port.StorageStore.NewItem;
import io.storageconnections.platform.domain.imodel.IModel;
import io.storageconnections.platform.domain.itwin.ITwin;
import io.storageconnections.platform.domain.member.Member;
import io.storageconnections.platform.domain.storage.Content;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Keeps the objects of a seed, together with the mark that they come from it. The only port that
 * writes to the tables of this platform and to those of the connections in one transaction. Every
 * method throws a {@link StoreException} if the store cannot answer. Safe for use by several
 * threads and several nodes.
 */
public interface SeedStore {

  /** What is in the database. */
  sealed interface State {

    /** There is no iTwin, iModel, folder, file or connection. */
    record Empty() implements State {}

    /**
     * A seed made what is in the database, or what was there before changes.
     *
     * @param digest the digest of the seed
     * @param created when the objects of the seed were created
     */
    record Seeded(String digest, Instant created) implements State {}

    /** There are objects that no seed made. */
    record Other() implements State {}
  }

  /**
   * A member of an iTwin.
   *
   * @param added when the member was added
   */
  record SeedMember(ITwinId iTwin, Member member, Instant added) {}

  /**
   * A file that is complete.
   *
   * @param sha256 the hash of its content, as in {@link Content}
   */
  record SeedFile(NewItem item, String sha256) {}

  /**
   * The objects of a seed. Each refers only to others of the same seed.
   *
   * @param folders each after the folder that contains it
   * @param connections no file is mapped twice to an iModel
   */
  record SeedObjects(
      List<ITwin> iTwins,
      List<SeedMember> members,
      List<IModel> iModels,
      List<NewItem> folders,
      List<SeedFile> files,
      List<NewConnection> connections) {

    /** Copies the lists. */
    public SeedObjects {
      iTwins = List.copyOf(iTwins);
      members = List.copyOf(members);
      iModels = List.copyOf(iModels);
      folders = List.copyOf(folders);
      files = List.copyOf(files);
      connections = List.copyOf(connections);
    }

    /** Returns these objects with all times later by {@code duration}. */
    public SeedObjects later(Duration duration) {
      return new SeedObjects(
          iTwins.stream().map(each -> later(each, duration)).toList(),
          members.stream()
              .map(each -> new SeedMember(each.iTwin(), each.member(), each.added().plus(duration)))
              .toList(),
          iModels.stream().map(each -> later(each, duration)).toList(),
          folders.stream().map(each -> later(each, duration)).toList(),
          files.stream()
              .map(each -> new SeedFile(later(each.item(), duration), each.sha256()))
              .toList(),
          connections.stream().map(each -> later(each, duration)).toList());
    }

    private static ITwin later(ITwin iTwin, Duration duration) {
      return new ITwin(
          iTwin.id(),
          iTwin.properties(),
          iTwin.createdBy(),
          iTwin.created().plus(duration),
          iTwin.modifiedBy(),
          iTwin.modified().plus(duration));
    }

    private static IModel later(IModel iModel, Duration duration) {
      return new IModel(
          iModel.id(),
          iModel.iTwin(),
          iModel.name(),
          iModel.description(),
          iModel.extent(),
          iModel.createdBy(),
          iModel.created().plus(duration));
    }

    private static NewItem later(NewItem item, Duration duration) {
      return new NewItem(
          item.id(),
          item.parent(),
          item.name(),
          item.description(),
          item.by(),
          item.at().plus(duration));
    }

    private static NewConnection later(NewConnection added, Duration duration) {
      var connection = added.connection();
      return new NewConnection(
          new StorageConnection(
              connection.id(),
              connection.iTwin(),
              connection.displayName(),
              connection.authenticationType(),
              connection.created().plus(duration)),
          added.sourceFiles().stream()
              .map(file ->
                  new SourceFile(
                          file.id(),
                          file.storageFileId(),
                          file.connectorType(),
                          file.created().plus(duration))
                      .named(file.lastKnownFileName()))
              .toList());
    }
  }

  /** Returns what is in the database. */
  State state();

  /**
   * Registers a blob that is about to be stored as a content of the seed.
   *
   * @param blob the id of the blob; new
   */
  void registerBlob(UUID blob, Instant at);

  /**
   * Adds the objects of a seed to an empty database, and the mark, in one transaction, which also
   * removes what deleted objects have left. Does nothing if the database is not empty.
   *
   * @param seeded the mark
   * @param contents the contents of the files by their hash; their blobs are registered and
   *     durable, and stay until the database is given up
   * @return whether the database was empty
   */
  boolean fill(State.Seeded seeded, SeedObjects objects, Map<String, Content> contents);

  /**
   * Removes all objects, and adds those of the seed again, in one transaction. Contents of other
   * files than those of the seed are chosen to be deleted. Other transactions wait, and see all
   * objects from before or all from after.
   *
   * @param objects the objects of the seed that made the database
   * @return false if the database has another mark than {@code seeded}, and nothing changed
   */
  boolean refill(State.Seeded seeded, SeedObjects objects, Instant at);
}
