package io.storageconnections.platform.application.storage;

import io.storageconnections.domain.connection.StorageFileId;
import java.time.Instant;
import java.util.UUID;

/**
 * What the URL of a content permits. The {@link ContentTokenSigner} gives it its text form.
 *
 * @param verb what may be done
 * @param file the file
 * @param target for a download the id of the content, for an upload that of the upload
 * @param expiry the time from which on the URL is not valid; whole seconds
 */
public record ContentToken(Verb verb, StorageFileId file, UUID target, Instant expiry) {

  /** What a URL permits. */
  public enum Verb {
    DOWNLOAD((byte) 1),
    UPLOAD((byte) 2);

    /** Stands for the verb in the text form of a token. */
    final byte code;

    Verb(byte code) {
      this.code = code;
    }
  }
}
