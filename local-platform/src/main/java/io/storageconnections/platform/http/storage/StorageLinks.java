package io.storageconnections.platform.http.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.http.link.Link;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.net.URLEncoder;

/**
 * The links of Storage. Official clients take ids from fixed positions in them.
 *
 * @param url the URL at which clients reach this server
 */
record StorageLinks(BaseUrl url) {

  static final String STORAGE = "/storage";
  static final String CONTENT = STORAGE + "/content";

  Link file(StorageFileId id) {
    return new Link(url + STORAGE + "/files/" + id);
  }

  Link completion(StorageFileId id) {
    return new Link(url + STORAGE + "/files/" + id + "/complete");
  }

  Link folder(StorageFileId id) {
    return new Link(url + STORAGE + "/folders/" + id);
  }

  /**
   * Returns the signed URL of a content.
   *
   * @param token the token, which has only characters that a URL may contain
   */
  Link content(String token) {
    return new Link(url + CONTENT + "/" + token);
  }

  Link member(ITwinId iTwin, String subject) {
    return new Link(
        url
            + "/itwins/"
            + iTwin
            + "/members/"
            + URLEncoder.encode(subject, UTF_8).replace("+", "%20"));
  }
}
