package io.storageconnections.adapter.http.security;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.error.ErrorBody;
import io.storageconnections.adapter.http.port.TokenVerifier;
import io.storageconnections.application.port.Verification;
import io.storageconnections.application.port.Verification.Accepted;
import io.storageconnections.application.port.Verification.Reason;
import io.storageconnections.application.port.Verification.Rejected;
import java.util.Collections;

/**
 * Authenticates requests by their bearer token (RFC 6750). It reads only the header {@code
 * Authorization}. Thread-safe.
 *
 * @param verifier verifies the tokens
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/create-storage-connection">The
 *     documented response 401</a>
 */
public record BearerAuthentication(TokenVerifier verifier) implements Authentication {

  private static final String SCHEME = "bearer ";

  @Override
  public Result authenticate(Context ctx) {
    var headers = Collections.list(ctx.req().getHeaders("Authorization"));
    if (headers.size() > 1) {
      // A proxy may have evaluated another one of the headers than this server would. This also
      // applies if one of them is empty.
      return refused(ErrorBody.unauthorized(), "Bearer error=\"invalid_request\"");
    }
    if (headers.isEmpty() || headers.getFirst().isBlank()) {
      return refused(ErrorBody.headerNotFound(), "Bearer");
    }
    var header = headers.getFirst();
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return refused(ErrorBody.unauthorized(), "Bearer");
    }
    return switch (verifier.verify(token(header))) {
      case Accepted(var caller) -> new Result.Authenticated(caller);
      case Rejected(var reason) -> refused(ErrorBody.unauthorized(), challenge(reason));
    };
  }

  private static Result refused(ErrorBody error, String challenge) {
    return new Result.Refused(401, error, challenge);
  }

  /** Returns the text after the scheme and its spaces (RFC 9110, section 11.4). */
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
