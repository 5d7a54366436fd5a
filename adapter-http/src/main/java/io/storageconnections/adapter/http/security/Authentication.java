package io.storageconnections.adapter.http.security;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.error.ErrorBody;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IssuerUnavailableException;
import org.jspecify.annotations.Nullable;

/** Authenticates requests. Thread-safe. */
public sealed interface Authentication permits BearerAuthentication, HostAuthentication {

  /** The result of authenticating a request. */
  sealed interface Result {

    /**
     * The caller is known.
     *
     * @param caller the caller
     */
    record Authenticated(Caller caller) implements Result {}

    /**
     * The request is not served.
     *
     * @param status the status of the answer
     * @param error the body of the answer
     * @param challenge the value of the answer's header {@code WWW-Authenticate}; null for none
     */
    record Refused(int status, ErrorBody error, @Nullable String challenge) implements Result {}
  }

  /**
   * Authenticates a request.
   *
   * @param ctx the request
   * @return the caller, or the answer to a request that is not served
   * @throws IssuerUnavailableException if the keys of the token's issuer cannot be read
   */
  Result authenticate(Context ctx);
}
