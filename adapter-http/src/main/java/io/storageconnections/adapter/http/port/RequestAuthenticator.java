package io.storageconnections.adapter.http.port;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IssuerUnavailableException;
import io.storageconnections.application.port.StoreException;
import java.util.Optional;

/**
 * Finds out which caller sent a request, in the way of the application that embeds the API: by a
 * session, a client certificate, or a header that its gateway adds. Thread-safe.
 *
 * <p>The API calls the authenticator once for each request to its operations, before the body is
 * read. The authenticator may read headers and add headers to the answer. It must not read the
 * body, answer asynchronously, or skip the remaining handlers; a status or a body that it sets is
 * replaced. The answers to requests without a caller have the error body of the API, and count
 * against the rate limit of the request's address:
 *
 * <table>
 * <caption>Answers to requests without a caller</caption>
 * <tr><th>result<th>answer
 * <tr><td>empty<td>401
 * <tr><td>{@link HttpResponseException}, such as {@code ForbiddenResponse} or {@code
 *     RedirectResponse}<td>the status of the exception, 300 to 599 without 304, otherwise 500; its
 *     message and details are not sent
 * <tr><td>{@link IssuerUnavailableException}<td>503, not logged by the API
 * <tr><td>{@link StoreException}<td>503 or 500, as if the store of the API had failed
 * <tr><td>another exception, or null<td>500, logged by the API as a defect
 * </table>
 *
 * <p>The API adds no {@code WWW-Authenticate}, because it does not know the application's scheme.
 * RFC 9110 (section 15.5.2) demands that header of every 401: an application with a scheme, such as
 * {@code Basic}, adds it with {@link Context#header(String, String)} before it returns empty.
 */
@FunctionalInterface
public interface RequestAuthenticator {

  /**
   * Authenticates one request.
   *
   * @param ctx the request
   * @return the caller, or empty if the request has none
   * @throws HttpResponseException to answer with another status than 401
   * @throws IssuerUnavailableException if the keys of a token's issuer are unknown and cannot be
   *     read
   * @throws StoreException if a store of the application cannot answer
   */
  Optional<Caller> authenticate(Context ctx);
}
