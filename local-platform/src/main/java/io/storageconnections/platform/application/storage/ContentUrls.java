package io.storageconnections.platform.application.storage;

import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.application.storage.ContentToken.Verb;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Creates and checks the tokens in the URLs of contents. Thread-safe.
 *
 * @param signer has the key that all nodes share
 */
public record ContentUrls(ContentTokenSigner signer, Clock clock) {

  /** How long a URL is valid. */
  public static final Duration VALIDITY = Duration.ofHours(1);

  /** Returns the token of a URL to which the content of a file can be uploaded. */
  String upload(StorageFileId file, UUID upload) {
    return token(Verb.UPLOAD, file, upload);
  }

  /** Returns the token of a URL from which a content of a file can be downloaded. */
  String download(StorageFileId file, UUID content) {
    return token(Verb.DOWNLOAD, file, content);
  }

  private String token(Verb verb, StorageFileId file, UUID target) {
    return signer.sign(new ContentToken(verb, file, target, clock.instant().plus(VALIDITY)));
  }

  /**
   * Checks a token.
   *
   * @param token what stands in a URL; may be anything
   * @param verb what the request wants to do
   * @return empty if the request is not permitted
   */
  public Optional<ContentToken> verify(String token, Verb verb) {
    return signer.verify(token, verb, clock.instant());
  }
}
