package io.storageconnections.adapter.http.security;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.error.ErrorBody;
import io.storageconnections.adapter.http.port.TokenVerifier;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IssuerUnavailableException;
import io.storageconnections.application.port.Verification;
import io.storageconnections.application.port.Verification.Accepted;
import io.storageconnections.application.port.Verification.Reason;
import io.storageconnections.application.port.Verification.Rejected;
import java.util.Collections;

/**
 * Tells who a request is from by its bearer token (RFC 6750), before anything else of it is read.
 *
 * <p>Source: create-storage-connection.txt, response 401; api-contract.md, section 4.
 */
public record BearerAuthentication(TokenVerifier verifier) {

  private static final String SCHEME = "bearer ";

  public sealed interface Identity {

    record Known(Caller caller) implements Identity {}

    /**
     * Nobody that we know.
     *
     * @param challenge what the answer's {@code WWW-Authenticate} asks for
     */
    record Unknown(ErrorBody error, String challenge) implements Identity {}
  }

  /**
   * Who {@code ctx} is from.
   *
   * @throws IssuerUnavailableException if nobody can tell now
   */
  public Identity of(Context ctx) {
    var headers = Collections.list(ctx.req().getHeaders("Authorization"));
    if (headers.size() > 1) {
      // An empty one counts: a proxy in between may have read another one than this server.
      return new Identity.Unknown(ErrorBody.unauthorized(), "Bearer error=\"invalid_request\"");
    }
    if (headers.isEmpty() || headers.getFirst().isBlank()) {
      return new Identity.Unknown(ErrorBody.headerNotFound(), "Bearer");
    }
    var header = headers.getFirst();
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return new Identity.Unknown(ErrorBody.unauthorized(), "Bearer");
    }
    return switch (verifier.verify(token(header))) {
      case Accepted(var caller) -> new Identity.Known(caller);
      case Rejected(var reason) ->
          new Identity.Unknown(ErrorBody.unauthorized(), challenge(reason));
    };
  }

  /** What follows the scheme and its spaces (RFC 9110, section 11.4); no other space is ignored. */
  private static String token(String header) {
    var start = SCHEME.length();
    while (start < header.length() && header.charAt(start) == ' ') {
      start++;
    }
    return header.substring(start);
  }

  private static String challenge(Reason reason) {
    return switch (reason) {
      case INVALID -> "Bearer error=\"invalid_token\"";
      case INSUFFICIENT_SCOPE ->
          "Bearer error=\"insufficient_scope\", scope=\"" + Verification.REQUIRED_SCOPE + "\"";
    };
  }
}
