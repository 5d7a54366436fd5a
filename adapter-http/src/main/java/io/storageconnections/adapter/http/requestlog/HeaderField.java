package io.storageconnections.adapter.http.requestlog;

/**
 * One header field, as it was sent.
 *
 * @param name the name
 * @param value the value; may be empty
 */
public record HeaderField(String name, String value) {

  int length() {
    return name.length() + value.length();
  }
}
