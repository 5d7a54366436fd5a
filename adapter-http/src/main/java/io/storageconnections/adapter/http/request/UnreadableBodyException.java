package io.storageconnections.adapter.http.request;

import io.storageconnections.adapter.http.error.ErrorBody;
import org.eclipse.jetty.http.HttpStatus;

/** Thrown if the server does not support the encoding of a request's body. */
public final class UnreadableBodyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final boolean ofContentCoding;

  private UnreadableBodyException(int status, boolean ofContentCoding, String explanation) {
    super(explanation, null, false, false);
    this.status = status;
    this.ofContentCoding = ofContentCoding;
  }

  /** The body has a content coding, such as gzip. */
  public static UnreadableBodyException contentCoding() {
    return new UnreadableBodyException(
        HttpStatus.UNSUPPORTED_MEDIA_TYPE_415,
        true,
        "A request body with a Content-Encoding, such as gzip, is not supported. Send the body as"
            + " it is, without Content-Encoding.");
  }

  /** The body has a transfer coding other than {@code chunked}. */
  public static UnreadableBodyException transferCoding() {
    return new UnreadableBodyException(
        HttpStatus.BAD_REQUEST_400, false, "The only supported Transfer-Encoding is chunked.");
  }

  /** The body is a form in a charset that this server does not decode. */
  public static UnreadableBodyException charset() {
    return new UnreadableBodyException(
        HttpStatus.UNSUPPORTED_MEDIA_TYPE_415,
        false,
        "The charset in the request's Content-Type is not supported. Send UTF-8.");
  }

  /** The body is not a form that this server decodes. */
  public static UnreadableBodyException form() {
    return new UnreadableBodyException(
        HttpStatus.BAD_REQUEST_400,
        false,
        "The body is not a form. Send application/x-www-form-urlencoded in UTF-8.");
  }

  /** Returns the status of the answer: 400 or 415. */
  public int status() {
    return status;
  }

  /**
   * Returns whether the fault is a content coding. Then the answer must name the supported content
   * codings in {@code Accept-Encoding}; an answer to another fault must not have this header (RFC
   * 9110, section 12.5.3).
   */
  public boolean isOfContentCoding() {
    return ofContentCoding;
  }

  /** Returns the body of the answer. */
  public ErrorBody error() {
    return ErrorBody.refused(HttpStatus.getMessage(status), String.valueOf(getMessage()));
  }
}
