package io.storageconnections.platform.http.itwin;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.storageconnections.adapter.http.RouteGroup;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.application.port.Caller;
import io.storageconnections.platform.application.itwin.CreateITwin;
import io.storageconnections.platform.application.itwin.GetITwin;
import io.storageconnections.platform.application.itwin.ITwinRequest;
import io.storageconnections.platform.application.outcome.Outcome.Failed;
import io.storageconnections.platform.application.outcome.Outcome.Success;
import io.storageconnections.platform.http.error.FailureResponse;
import io.storageconnections.platform.http.error.PlatformApi;
import io.storageconnections.platform.http.request.BodyEndpoint;
import io.storageconnections.platform.http.request.Members;

/**
 * The routes of iTwins.
 *
 * @see <a href="https://developer.bentley.com/apis/itwins/overview/">The iTwins API</a>
 */
public record ITwinRoutes(CreateITwin createITwin, GetITwin getITwin) implements RouteGroup {

  private static final String ITWINS = "/itwins";
  private static final String ITWIN = ITWINS + "/{id}";

  private static final FailureResponse FAILURE = new FailureResponse(PlatformApi.ITWINS);

  @Override
  public void mount(Routes routes, RequestPipeline pipeline) {
    routes.add(
        HandlerType.POST, ITWINS, pipeline.authenticated(new BodyEndpoint(FAILURE, this::create)));
    routes.getAndHead(ITWIN, pipeline.authenticated(this::get));
  }

  private void create(Context ctx, Caller caller, Members body) {
    switch (createITwin.create(caller, request(body))) {
      case Success(var iTwin) -> Json.write(ctx, 201, new ITwinBody.One(ITwinBody.of(iTwin)));
      case Failed(var failure) -> FAILURE.write(ctx, failure);
    }
  }

  private void get(Context ctx, Caller caller) {
    switch (getITwin.get(caller, ctx.pathParam("id"))) {
      case Success(var iTwin) -> Json.write(ctx, 200, new ITwinBody.One(ITwinBody.of(iTwin)));
      case Failed(var failure) -> FAILURE.write(ctx, failure);
    }
  }

  private static ITwinRequest request(Members body) {
    return new ITwinRequest(
        body.text("class"),
        body.text("subClass"),
        body.text("displayName"),
        body.text("number"),
        body.text("type"),
        body.text("geographicLocation"),
        body.text("ianaTimeZone"),
        body.text("dataCenterLocation"),
        body.text("status"),
        body.text("parentId"),
        body.names(),
        body.mistyped());
  }
}
