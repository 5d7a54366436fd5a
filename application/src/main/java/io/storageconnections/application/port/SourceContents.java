package io.storageconnections.application.port;

import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.StorageFileId;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Opens the contents of Storage files, for connectors. Thread-safe. */
@FunctionalInterface
public interface SourceContents {

  /** Answers {@link Unknown} for every file: for services that do not know Storage. */
  SourceContents UNKNOWN = (iModel, file) -> new Unknown();

  /**
   * Opens the content of a file, as it is at this moment. Later changes of the file do not change
   * what the caller reads.
   *
   * @param iModel the iModel that the file is synchronized to
   * @param file the file
   * @return the content, which the caller closes
   * @throws DirectoryException if Storage is another system, which cannot answer
   * @throws StoreException if Storage is in the database of the service, which cannot answer
   */
  SourceContent open(IModelId iModel, StorageFileId file);

  /** The answer of Storage. */
  sealed interface SourceContent {}

  /**
   * The content of an existing file. Not thread-safe.
   *
   * @param name the name of the file; null if it is not known
   * @param size the number of bytes
   * @param stream returns these bytes
   */
  record Opened(@Nullable FileName name, long size, InputStream stream)
      implements SourceContent, AutoCloseable {

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }

  /** Storage does not have the file, or not any more. */
  record Missing() implements SourceContent {}

  /** The service does not know Storage. */
  record Unknown() implements SourceContent {}
}
