package io.storageconnections.domain.connection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files that are mapped to one iModel, and the connections that map them. This class decides what a
 * conflict is: <em>a file is mapped to an iModel at most once</em>.
 *
 * <p>Source: the API answers a request that breaks this rule with 409 and the message "One or more
 * SourceFiles are already mapped to the iModel."
 *
 * @param holders the connection that maps each file. A file is absent if no connection maps it, or
 *     if the caller did not ask for it. Copied
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/create-storage-connection">Create
 *     Storage Connection</a>
 */
public record FileMappings(Map<StorageFileId, Holder> holders) {

  /** No mappings: no file is mapped to the iModel. */
  public static final FileMappings NONE = new FileMappings(Map.of());

  /** Copies the map. */
  public FileMappings {
    holders = Map.copyOf(holders);
  }

  /**
   * The connection and the source file that map a file.
   *
   * @param connection the id of the connection; of the same iModel
   * @param displayName the display name of the connection; null if it has none
   * @param sourceFile the id of the source file of the connection
   */
  public record Holder(
      ConnectionId connection, @Nullable DisplayName displayName, SourceFileId sourceFile) {}

  /** The reason why one file of a request cannot be mapped. */
  public sealed interface Conflict {

    /** {@return the index of the file in the list of requested files, from 0} */
    int index();

    /** {@return the file that cannot be mapped} */
    StorageFileId file();
  }

  /**
   * A connection of the same iModel already maps the file.
   *
   * @param index the index in the list of requested files, from 0
   * @param file the file at this index
   * @param holder the connection that maps the file
   */
  public record HeldFile(int index, StorageFileId file, Holder holder) implements Conflict {}

  /**
   * The request contains the file more than once.
   *
   * @param index the index in the list of requested files, greater than {@code firstIndex}
   * @param file the file at this index
   * @param firstIndex the index at which the request contains the file first, from 0
   */
  public record RepeatedFile(int index, StorageFileId file, int firstIndex) implements Conflict {}

  /**
   * Returns these mappings without the mapping of one source file. A source file that is about to
   * change does not conflict with itself.
   *
   * @param sourceFile the source file that is about to change; need not have a mapping here
   * @return the mappings of all other source files
   */
  public FileMappings without(SourceFileId sourceFile) {
    var others = new HashMap<>(holders);
    others.values().removeIf(holder -> holder.sourceFile().equals(sourceFile));
    return new FileMappings(others);
  }

  /**
   * Finds the conflicts that prevent the mapping of more files.
   *
   * @param requested the files, in the order of the request; may contain a file more than once
   * @return one conflict for each index that cannot be mapped, by ascending index; empty if all
   *     files can be mapped. If the request contains a file more than once, its first index is a
   *     conflict only if a connection already maps the file
   */
  public List<Conflict> conflictsWith(List<StorageFileId> requested) {
    var conflicts = new ArrayList<Conflict>();
    var firstIndexes = new HashMap<StorageFileId, Integer>();
    for (int index = 0; index < requested.size(); index++) {
      var file = requested.get(index);
      var firstIndex = firstIndexes.putIfAbsent(file, index);
      var holder = holders.get(file);
      if (firstIndex != null) {
        conflicts.add(new RepeatedFile(index, file, firstIndex));
      } else if (holder != null) {
        conflicts.add(new HeldFile(index, file, holder));
      }
    }
    return List.copyOf(conflicts);
  }
}
