package io.storageconnections.adapter.http.pipeline;

import io.javalin.http.Context;
import io.storageconnections.application.port.Caller;
import java.util.Set;
import org.eclipse.jetty.util.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * What the pipeline finds out about a request, as attributes of the request. The server reads them
 * when the request ends.
 */
public final class RequestAttributes {

  private static final String ROUTE = RequestAttributes.class.getName() + ".route";
  private static final String CALLER = RequestAttributes.class.getName() + ".caller";

  private static final Set<String> METHODS =
      Set.of("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE");

  /** Stands for every method that is not one of HTTP. */
  public static final String OTHER_METHOD = "OTHER";

  private RequestAttributes() {}

  /** Returns a method of HTTP as it is, and {@link #OTHER_METHOD} for all others. */
  public static String knownMethod(String method) {
    return METHODS.contains(method) ? method : OTHER_METHOD;
  }

  static void setRoute(Context ctx) {
    ctx.attribute(ROUTE, ctx.endpoint().path);
  }

  static void setCaller(Context ctx, Caller caller) {
    ctx.attribute(CALLER, caller);
  }

  static @Nullable String route(Context ctx) {
    return ctx.attribute(ROUTE);
  }

  /** Returns the template of the route's path; null if no route has matched yet. */
  public static @Nullable String route(Attributes request) {
    return (String) request.getAttribute(ROUTE);
  }

  /** Returns who sent the request; null if the caller is not authenticated yet. */
  public static @Nullable Caller caller(Attributes request) {
    return (Caller) request.getAttribute(CALLER);
  }
}
