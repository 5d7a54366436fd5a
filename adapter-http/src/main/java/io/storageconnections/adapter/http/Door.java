package io.storageconnections.adapter.http;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.storageconnections.adapter.http.BearerAuthentication.Identity.Known;
import io.storageconnections.adapter.http.BearerAuthentication.Identity.Unknown;
import io.storageconnections.application.port.Caller;
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
 * What every request goes through, whichever route it takes: it is told apart, counted, answered;
 * and a failure on the way becomes the envelope.
 */
record Door(BearerAuthentication authentication, RateLimit limit) {

  private static final Logger LOG = LoggerFactory.getLogger(Door.class);

  private static final StoreFailureLog STORE_FAILURES = new StoreFailureLog();

  /** How long a client should wait for something outside of us to recover. */
  private static final String RETRY_AFTER_SECONDS = "5";

  /** Answers requests of known callers. */
  @FunctionalInterface
  interface Endpoint {

    /**
     * Answers one request.
     *
     * @throws IOException if the client breaks off
     */
    void answer(Context ctx, Caller caller) throws IOException;
  }

  /** Lets those through who show a good token and have not asked too often. */
  Handler authenticated(Endpoint endpoint) {
    return answering(ctx -> {
      switch (authentication.of(ctx)) {
        case Known(var caller) -> {
          if (limit.admits(ctx, RateLimit.ofClient(caller))) {
            endpoint.answer(ctx, caller);
          }
        }
        case Unknown(var error, var challenge) -> {
          if (limit.admits(ctx, address(ctx))) {
            Json.write(ctx.header("WWW-Authenticate", challenge), 401, error);
          }
        }
      }
    });
  }

  /** Lets everybody through whose address has not asked too often. */
  Handler anonymous(Handler handler) {
    return answering(ctx -> {
      if (limit.admits(ctx, address(ctx))) {
        handler.handle(ctx);
      }
    });
  }

  /** Lets everybody through, as often as they like. */
  Handler uncounted(Handler handler) {
    return answering(handler);
  }

  /** Says to whoever asks how matters stand, before it is known who it is and what they want. */
  void greet(Context ctx) {
    limit.tell(ctx::header, address(ctx));
  }

  /** Answers a request that met no route, or that failed before it did. */
  void astray(Context ctx, Exception failure) {
    if (limit.admits(ctx, address(ctx))) {
      answer(ctx, failure);
    }
  }

  private static String address(Context ctx) {
    return RateLimit.ofAddress(ctx.ip());
  }

  private Handler answering(Handler handler) {
    return ctx -> {
      try {
        refuseOverride(ctx);
        handler.handle(ctx);
      } catch (IssuerUnavailableException nobodyKnowsWhoAsks) {
        astray(ctx, nobodyKnowsWhoAsks);
      } catch (Exception failure) {
        answer(ctx, failure);
      }
    };
  }

  /**
   * A Javalin server of somebody else's takes the method from a header, and so a harmless request
   * for one that deletes.
   */
  private static void refuseOverride(Context ctx) {
    if (!ctx.method().name().equals(ctx.req().getMethod())) {
      throw new BadRequestResponse();
    }
  }

  /** The one place where a failure becomes an answer. */
  private static void answer(Context ctx, Exception failure) {
    switch (failure) {
      case StoreException away -> {
        STORE_FAILURES.log(away);
        if (away.reason().isTransient()) {
          unavailable(ctx, ErrorBody.storeFailed(away.reason()));
        } else {
          Json.write(ctx, 500, ErrorBody.storeFailed(away.reason()));
        }
      }
      case IssuerUnavailableException away -> {
        // The verifier logs the fault itself, which lasts for many requests.
        LOG.debug("The token cannot be verified", away);
        unavailable(ctx, ErrorBody.issuerUnavailable());
      }
      case HttpResponseException refusal -> answer(ctx, refusal);
      case UnreadableBodyException unreadable -> answer(ctx, unreadable);
      // Whatever else there is to read from or write to fails as one of the above: this is the
      // client.
      case IOException gone -> {
        LOG.debug("A client broke off", gone);
        refuse(ctx, gone.getCause() instanceof TimeoutException ? 408 : 400);
      }
      case RuntimeException unsound when unsound instanceof HttpException http -> {
        LOG.debug("A client does not speak HTTP", unsound);
        refuse(ctx, http.getCode());
      }
      case ServletException unsound when unsound.getCause() instanceof HttpException http -> {
        LOG.debug("A client sends what is no form", unsound);
        refuse(ctx, http.getCode());
      }
      default -> {
        LOG.error("A request failed", failure);
        Json.write(ctx, 500, ErrorBody.internalServerError());
      }
    }
  }

  /** Says that the service cannot be used now, whether or not that passes by itself. */
  static void notReady(Context ctx, StoreException failure) {
    STORE_FAILURES.log(failure);
    unavailable(ctx, ErrorBody.notReady(failure.reason()));
  }

  private static void unavailable(Context ctx, ErrorBody error) {
    Json.write(ctx.header("Retry-After", RETRY_AFTER_SECONDS), 503, error);
  }

  private static void answer(Context ctx, UnreadableBodyException unreadable) {
    if (unreadable.isOfContentCoding()) {
      ctx.header("Accept-Encoding", "identity");
    }
    Json.write(ctx, unreadable.status(), unreadable.error());
  }

  /** What Javalin refuses by itself. */
  private static void answer(Context ctx, HttpResponseException refusal) {
    // The methods a path has come as the only detail of a 405, under a name that varies.
    if (refusal.getStatus() == 405) {
      refusal.getDetails().values().forEach(methods -> ctx.header("Allow", methods));
    }
    switch (refusal.getStatus()) {
      case 404 -> Json.write(ctx, 404, ErrorBody.routeNotFound());
      case 405 -> Json.write(ctx, 405, ErrorBody.methodNotAllowed());
      case 413 -> Json.write(ctx, 413, ErrorBody.requestTooLarge());
      default -> refuse(ctx, refusal.getStatus());
    }
  }

  private static void refuse(Context ctx, int status) {
    if (status == HttpStatus.REQUEST_TIMEOUT_408) {
      // The rest of the request may still come and must not be taken for another one.
      ctx.header("Connection", "close");
    }
    Json.write(ctx, status, ErrorBody.refused(HttpStatus.getMessage(status)));
  }
}
