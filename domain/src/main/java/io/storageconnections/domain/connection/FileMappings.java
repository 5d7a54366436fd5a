package io.storageconnections.domain.connection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which files are mapped to one iModel and by which connection, as far as somebody needs to know;
 * and the one place that says what a conflict is: <em>a file is mapped to an iModel once</em>.
 *
 * <p>Source: create-storage-connection.txt, response 409.
 *
 * @param holders who maps each file; a file that nobody maps, or nobody asked about, is not in it
 */
public record FileMappings(Map<StorageFileId, Holder> holders) {

  /** An iModel that nothing is mapped to. */
  public static final FileMappings NONE = new FileMappings(Map.of());

  /** Copies what can change. */
  public FileMappings {
    holders = Map.copyOf(holders);
  }

  /**
   * The connection that maps a file, and as which of its source files.
   *
   * @param connection the connection, which is of the iModel in question
   * @param displayName what people call the connection; null if nobody named it
   * @param sourceFile the one of its source files that is the file
   */
  public record Holder(
      ConnectionId connection, @Nullable DisplayName displayName, SourceFileId sourceFile) {}

  /** Why the file at a place of a request cannot be mapped. */
  public sealed interface Conflict {

    /** {@return the place in the list of wanted files, from 0} */
    int index();

    /** {@return the file that cannot be mapped} */
    StorageFileId file();
  }

  /**
   * A connection of the same iModel maps the file already.
   *
   * @param index the place in the list of wanted files, from 0
   * @param file the file at that place
   * @param holder who maps it
   */
  public record HeldFile(int index, StorageFileId file, Holder holder) implements Conflict {}

  /**
   * The request names the file more than once.
   *
   * @param index the place in the list of wanted files, greater than {@code firstIndex}
   * @param file the file at that place
   * @param firstIndex where the request names it first, from 0
   */
  public record RepeatedFile(int index, StorageFileId file, int firstIndex) implements Conflict {}

  /**
   * Leaves a source file out, which is in nobody's way if it changes.
   *
   * @param sourceFile the source file that is about to change; may be one that maps nothing here
   * @return these mappings but for that of {@code sourceFile}
   */
  public FileMappings without(SourceFileId sourceFile) {
    var others = new HashMap<>(holders);
    others.values().removeIf(holder -> holder.sourceFile().equals(sourceFile));
    return new FileMappings(others);
  }

  /**
   * Tells what keeps files from being mapped as well.
   *
   * @param wanted the files, in the order in which they were asked for; may name one repeatedly
   * @return one entry for every place in conflict, in order; empty if all of them can be mapped. Of
   *     a file that is named repeatedly, the first place conflicts only if somebody else holds it
   */
  public List<Conflict> conflictsWith(List<StorageFileId> wanted) {
    var conflicts = new ArrayList<Conflict>();
    var firstIndexes = new HashMap<StorageFileId, Integer>();
    for (int index = 0; index < wanted.size(); index++) {
      var file = wanted.get(index);
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
