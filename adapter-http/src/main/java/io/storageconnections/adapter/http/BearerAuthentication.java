package io.storageconnections.adapter.http;

import io.javalin.http.Context;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IssuerUnavailableException;
import io.storageconnections.application.port.out.TokenVerifier;
import io.storageconnections.application.port.out.TokenVerifier.Reason;
import io.storageconnections.application.port.out.TokenVerifier.Verification.Accepted;
import io.storageconnections.application.port.out.TokenVerifier.Verification.Rejected;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Tells who a request is from by its bearer token (RFC 6750), before anything else of it is read.
 *
 * <p>Source: create-storage-connection.txt, response 401; api-contract.md, section 4.
 */
record BearerAuthentication(TokenVerifier verifier) {

  private static final String SCHEME = "bearer ";

  sealed interface Identity {

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
  Identity of(Context ctx) {
    var headers = headers(ctx);
    if (headers.isEmpty()) {
      return new Identity.Unknown(ErrorBody.headerNotFound(), "Bearer");
    }
    if (headers.size() > 1) {
      return new Identity.Unknown(ErrorBody.unauthorized(), "Bearer error=\"invalid_request\"");
    }
    var header = headers.getFirst();
    if (!header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return new Identity.Unknown(ErrorBody.unauthorized(), "Bearer");
    }
    return switch (verifier.verify(header.substring(SCHEME.length()).strip())) {
      case Accepted(var caller) -> new Identity.Known(caller);
      case Rejected(var reason) ->
          new Identity.Unknown(ErrorBody.unauthorized(), challenge(reason));
    };
  }

  private static List<String> headers(Context ctx) {
    var headers = new ArrayList<>(Collections.list(ctx.req().getHeaders("Authorization")));
    headers.removeIf(String::isBlank);
    return headers;
  }

  private static String challenge(Reason reason) {
    return switch (reason) {
      case INVALID -> "Bearer error=\"invalid_token\"";
      case INSUFFICIENT_SCOPE ->
          "Bearer error=\"insufficient_scope\", scope=\"" + TokenVerifier.SCOPE + "\"";
    };
  }
}
