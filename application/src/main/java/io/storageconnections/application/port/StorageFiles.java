package io.storageconnections.application.port;

import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells which Storage files a caller may map to an iModel, and their names. Use cases ask before
 * they map a file. Safe for use by several threads.
 */
public interface StorageFiles {

  /** Accepts every file, and knows no names. For services that cannot ask Storage. */
  StorageFiles UNCHECKED =
      (caller, iModel, files) -> {
        var usable = HashMap.<StorageFileId, UsableFile>newHashMap(files.size());
        files.forEach(file -> usable.put(file, UsableFile.UNNAMED));
        return usable;
      };

  /**
   * Finds the files that the caller may map to the iModel. The call changes nothing.
   *
   * @param caller the caller, who may {@linkplain Access#CHANGE change} the iModel
   * @param iModel the iModel
   * @param files the files; may name one repeatedly; may be empty
   * @return those of {@code files} that exist for the caller, whose upload is complete, and that
   *     belong to the iTwin of the iModel; a request that maps another file is not valid
   * @throws DirectoryException if Storage cannot answer
   * @throws StoreException if Storage is in the database of the service, which cannot answer
   */
  Map<StorageFileId, UsableFile> usable(
      Caller caller, IModelId iModel, Collection<StorageFileId> files);

  /**
   * A file that the caller may map.
   *
   * @param name the name of the file; null if it is not known
   */
  record UsableFile(@Nullable FileName name) {

    /** A file whose name is not known. */
    public static final UsableFile UNNAMED = new UsableFile(null);
  }
}
