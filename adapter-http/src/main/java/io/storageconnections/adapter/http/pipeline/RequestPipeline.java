package io.storageconnections.adapter.http.pipeline;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.storageconnections.adapter.http.error.ErrorBody;
import io.storageconnections.adapter.http.error.StoreFailureLog;
import io.storageconnections.adapter.http.ratelimit.RateLimit;
import io.storageconnections.adapter.http.request.UnreadableBodyException;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.adapter.http.security.Authentication;
import io.storageconnections.adapter.http.security.Authentication.Result;
import io.storageconnections.adapter.http.security.Authentication.Result.Authenticated;
import io.storageconnections.adapter.http.security.Authentication.Result.Refused;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.DirectoryException;
import io.storageconnections.application.port.IssuerUnavailableException;
import io.storageconnections.application.port.StoreException;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps that every request passes, whichever route it takes: authentication, rate limit, the
 * endpoint, and the translation of an exception into an error of the API. Thread-safe.
 */
public final class RequestPipeline {

  private static final Logger LOG = LoggerFactory.getLogger(RequestPipeline.class);

  /** How long a client should wait for another system to recover. */
  private static final String RETRY_AFTER_SECONDS = "5";

  private final Authentication authentication;
  private final RateLimit limit;
  private final StoreFailureLog storeFailures = new StoreFailureLog();

  /** Creates the pipeline of one server. */
  public RequestPipeline(Authentication authentication, RateLimit limit) {
    this.authentication = authentication;
    this.limit = limit;
  }

  /** Returns a handler for authenticated callers, within the rate limit of their client. */
  public Handler authenticated(Endpoint endpoint) {
    return withErrorHandling(ctx -> {
      Result result;
      try {
        result = authentication.authenticate(ctx);
      } catch (Exception failure) {
        answerAnonymous(ctx, failure);
        return;
      }
      switch (result) {
        case Authenticated(var caller) -> {
          RequestAttributes.setCaller(ctx, caller);
          if (limit.admits(ctx, RateLimit.ofClient(caller))) {
            endpoint.answer(ctx, withIds(caller, ctx));
          }
        }
        case Refused(var status, var error, var challenge) -> {
          if (limit.admits(ctx, address(ctx))) {
            if (challenge != null) {
              ctx.header("WWW-Authenticate", challenge);
            }
            Json.write(ctx, status, error);
          }
        }
      }
    });
  }

  /** Returns the caller with the ids of the request. */
  private static Caller withIds(Caller caller, Context ctx) {
    var id = CorrelationId.of(ctx);
    var identified = id == null ? caller : caller.withCorrelationId(id);
    var trace = RequestTrace.of(ctx);
    return trace == null ? identified : identified.withTraceParent(trace.traceParent());
  }

  /** Returns a handler for unauthenticated callers, within the rate limit of their address. */
  public Handler anonymous(Handler handler) {
    return withErrorHandling(ctx -> {
      if (limit.admits(ctx, address(ctx))) {
        handler.handle(ctx);
      }
    });
  }

  /** Returns a handler for unauthenticated callers, without a rate limit. */
  public Handler unlimited(Handler handler) {
    return withErrorHandling(handler);
  }

  /** Adds the rate limit headers of the caller's address, before the caller is authenticated. */
  public void addRateLimitHeaders(Context ctx) {
    limit.addHeaders(ctx::header, address(ctx));
  }

  /**
   * Answers a request that failed outside of the handlers of this pipeline, such as one that
   * matches no route, within the rate limit of the caller's address.
   */
  public void answerOutsideOfRoutes(Context ctx, Exception failure) {
    RequestScope.run(ctx, () -> answerAnonymous(ctx, failure));
  }

  /** Answers a request whose caller is not known, within the rate limit of its address. */
  private void answerAnonymous(Context ctx, Exception failure) {
    if (limit.admits(ctx, address(ctx))) {
      answer(ctx, failure);
    }
  }

  /**
   * Counts a request against the rate limit of its address, for a handler of {@link #unlimited}.
   *
   * @return whether the handler may answer; otherwise this method has answered 429
   */
  public boolean admitsAnonymous(Context ctx) {
    return limit.admits(ctx, address(ctx));
  }

  private static String address(Context ctx) {
    return RateLimit.ofAddress(ctx.ip());
  }

  private Handler withErrorHandling(Handler handler) {
    return ctx -> {
      RequestAttributes.setRoute(ctx);
      RequestScope.run(
          ctx,
          () -> {
            try {
              refuseMethodOverride(ctx);
              handler.handle(ctx);
            } catch (Exception failure) {
              answer(ctx, failure);
            }
          });
    };
  }

  /**
   * Refuses a request whose method Javalin took from the header {@code X-HTTP-Method-Override}. The
   * {@code HttpServer} removes this header, but the server of an application that embeds the API
   * may not, and could then treat a GET as a DELETE.
   */
  private static void refuseMethodOverride(Context ctx) {
    if (!ctx.method().name().equals(ctx.req().getMethod())) {
      throw new BadRequestResponse();
    }
  }

  /** Writes the answer to a request that failed with an exception. */
  private void answer(Context ctx, Exception failure) {
    switch (failure) {
      case StoreException failed -> {
        storeFailures.log(failed);
        if (failed.reason().isTransient()) {
          writeUnavailable(ctx, ErrorBody.storeFailed(failed.reason()));
        } else {
          Json.write(ctx, 500, ErrorBody.storeFailed(failed.reason()));
        }
      }
      case IssuerUnavailableException unverified -> {
        // The verifier logs this failure itself, because it lasts for many requests.
        LOG.debug("The token cannot be verified", unverified);
        writeUnavailable(ctx, ErrorBody.issuerUnavailable());
      }
      case DirectoryException failed -> answer(ctx, failed);
      case HttpResponseException refusal -> answer(ctx, refusal);
      case UnreadableBodyException unreadable -> answer(ctx, unreadable);
      // The adapters wrap their own I/O failures as one of the exceptions above, so the client
      // caused this one.
      case IOException closed -> {
        LOG.debug("A client closed the connection", closed);
        writeRefusal(ctx, closed.getCause() instanceof TimeoutException ? 408 : 400);
      }
      case RuntimeException invalid when invalid instanceof HttpException http -> {
        LOG.debug("A client does not speak HTTP", invalid);
        writeRefusal(ctx, http.getCode());
      }
      case ServletException invalid when invalid.getCause() instanceof HttpException http -> {
        LOG.debug("A client sends a malformed form", invalid);
        writeRefusal(ctx, http.getCode());
      }
      default -> {
        LOG.error("A request failed", failure);
        Json.write(ctx, 500, ErrorBody.internalServerError());
      }
    }
  }

  /** Answers a request about which another system could not answer. */
  private static void answer(Context ctx, DirectoryException failure) {
    failure
        .retryAfter()
        .ifPresent(duration ->
            ctx.header("Retry-After", String.valueOf(duration.plusNanos(999_999_999).toSeconds())));
    switch (failure.reason()) {
      case TOKEN_REFUSED -> {
        ctx.header("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        Json.write(ctx, 401, ErrorBody.unauthorized(failure.getMessage()));
      }
      case BUSY -> Json.write(ctx, 429, ErrorBody.tooManyRequests(failure.getMessage()));
      case UNAVAILABLE -> {
        LOG.warn("{}", failure.getMessage(), failure.getCause());
        if (failure.retryAfter().isEmpty()) {
          ctx.header("Retry-After", RETRY_AFTER_SECONDS);
        }
        Json.write(ctx, 503, ErrorBody.directoryUnavailable(failure.getMessage()));
      }
    }
  }

  /** Answers 503 to a readiness check, also if the failure of the store is not transient. */
  public void writeNotReady(Context ctx, StoreException failure) {
    writeUnavailable(ctx, ErrorBody.notReady(failure.reason()));
  }

  /** As {@link #writeNotReady(Context, StoreException)}, without the reason. */
  public void writeNotReady(Context ctx) {
    writeUnavailable(ctx, ErrorBody.unavailable());
  }

  /** Logs a failure of the store that no request caused. */
  public void logStoreFailure(StoreException failure) {
    storeFailures.log(failure);
  }

  private static void writeUnavailable(Context ctx, ErrorBody error) {
    Json.write(ctx.header("Retry-After", RETRY_AFTER_SECONDS), 503, error);
  }

  private static void answer(Context ctx, UnreadableBodyException unreadable) {
    if (unreadable.isOfContentCoding()) {
      ctx.header("Accept-Encoding", "identity");
    }
    Json.write(ctx, unreadable.status(), unreadable.error());
  }

  /** Answers a request that Javalin or the application that embeds the API refused. */
  private static void answer(Context ctx, HttpResponseException refusal) {
    // Javalin reports the allowed methods as the only detail. The name of the detail varies.
    if (refusal.getStatus() == 405) {
      refusal.getDetails().values().forEach(methods -> ctx.header("Allow", methods));
    }
    switch (refusal.getStatus()) {
      case 401 -> Json.write(ctx, 401, ErrorBody.unauthorized());
      case 404 -> Json.write(ctx, 404, ErrorBody.routeNotFound());
      case 405 -> Json.write(ctx, 405, ErrorBody.methodNotAllowed());
      case 413 -> Json.write(ctx, 413, ErrorBody.requestTooLarge());
      default -> writeRefusal(ctx, refusal.getStatus());
    }
  }

  private static void writeRefusal(Context ctx, int status) {
    if (status == HttpStatus.REQUEST_TIMEOUT_408) {
      // The rest of the request may still arrive. The server must not read it as a new request.
      ctx.header("Connection", "close");
    }
    Json.write(ctx, status, ErrorBody.refused(HttpStatus.getMessage(status)));
  }
}
