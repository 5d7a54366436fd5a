package io.storageconnections.adapter.http.development;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.storageconnections.adapter.http.error.ErrorBody;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.request.QueryParameters;
import io.storageconnections.adapter.http.requestlog.LoggedRequest;
import io.storageconnections.adapter.http.requestlog.RequestLog;
import io.storageconnections.adapter.http.response.Json;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Shows and empties the log of requests. Thread-safe.
 *
 * @param log the log
 */
public record RequestLogEndpoints(RequestLog log) {

  private static final String PATH = DevelopmentAccess.PREFIX + "requests";

  private static final Pattern STATUS = Pattern.compile("[1-5][0-9]{2}");

  private record Body(List<LoggedRequest> requests) {}

  /** Adds the routes to a server, behind {@link DevelopmentAccess}. */
  public void mount(Routes routes, RequestPipeline pipeline) {
    routes.getAndHead(PATH, pipeline.anonymous(this::list));
    routes.add(HandlerType.DELETE, PATH, pipeline.anonymous(this::clear));
  }

  private void list(Context ctx) {
    var parameters = new QueryParameters(ctx);
    var status = parameters.textUnlessEmpty("status");
    if (status != null && !STATUS.matcher(status).matches()) {
      Json.write(
          ctx,
          400,
          ErrorBody.refused("Bad Request", "The parameter status must be a number such as 404."));
      return;
    }
    var filter = filter(parameters);
    Json.write(ctx, 200, new Body(log.newestFirst().filter(filter).toList()));
  }

  private void clear(Context ctx) {
    log.clear();
    Json.writeNothing(ctx, 204);
  }

  private static Predicate<LoggedRequest> filter(QueryParameters parameters) {
    var method = parameters.textUnlessEmpty("method");
    var path = parameters.textUnlessEmpty("path");
    var status = parameters.textUnlessEmpty("status");
    var client = parameters.textUnlessEmpty("client");
    if (parameters.hasUndecodableName() || !parameters.mistyped().isEmpty()) {
      throw new BadRequestResponse();
    }
    return request ->
        (method == null || method.equalsIgnoreCase(request.method()))
            && (path == null || request.path().regionMatches(true, 0, path, 0, path.length()))
            && (status == null || status.equals(String.valueOf(request.status())))
            && (client == null || client.equals(request.client()));
  }
}
