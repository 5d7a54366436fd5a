package io.storageconnections.platform.http.itwin;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.storageconnections.adapter.http.RouteGroup;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.request.Preference;
import io.storageconnections.application.port.Caller;
import io.storageconnections.platform.application.itwin.CreateITwin;
import io.storageconnections.platform.application.itwin.DeleteITwin;
import io.storageconnections.platform.application.itwin.GetITwin;
import io.storageconnections.platform.application.itwin.ITwinRequest;
import io.storageconnections.platform.application.itwin.ListITwins;
import io.storageconnections.platform.application.itwin.UpdateITwin;
import io.storageconnections.platform.domain.itwin.ITwin;
import io.storageconnections.platform.http.error.FailureResponse;
import io.storageconnections.platform.http.error.RequestKind;
import io.storageconnections.platform.http.request.BodyEndpoint;
import io.storageconnections.platform.http.request.JsonMembers;
import io.storageconnections.platform.http.request.ListEndpoint;
import io.storageconnections.platform.http.request.ListQuery;
import io.storageconnections.platform.http.response.Answer;

/**
 * The routes of iTwins. A list has all members of an iTwin only if the request prefers {@code
 * return=representation}; answers with one iTwin always have them.
 *
 * @param url the beginning of the links
 * @see <a href="https://developer.bentley.com/apis/itwins/overview/">The iTwins API</a>
 */
public record ITwinRoutes(
    CreateITwin createITwin,
    GetITwin getITwin,
    ListITwins listITwins,
    UpdateITwin updateITwin,
    DeleteITwin deleteITwin,
    BaseUrl url)
    implements RouteGroup {

  private static final String ITWINS = "/itwins";
  private static final String ITWIN = ITWINS + "/{id}";

  private static final FailureResponse BODY = FailureResponse.ofBody(RequestKind.ITWINS);
  private static final FailureResponse QUERY = FailureResponse.ofQuery(RequestKind.ITWINS);

  @Override
  public void mount(Routes routes, RequestPipeline pipeline) {
    routes.add(
        HandlerType.POST, ITWINS, pipeline.authenticated(new BodyEndpoint(BODY, this::create)));
    routes.getAndHead(ITWINS, pipeline.authenticated(new ListEndpoint(QUERY, this::list)));
    routes.getAndHead(ITWIN, pipeline.authenticated(this::get));
    routes.add(
        HandlerType.PATCH, ITWIN, pipeline.authenticated(new BodyEndpoint(BODY, this::update)));
    routes.add(HandlerType.DELETE, ITWIN, pipeline.authenticated(this::delete));
  }

  private void create(Context ctx, Caller caller, JsonMembers body) {
    Answer.write(ctx, createITwin.create(caller, request(body)), 201, ITwinRoutes::one, BODY);
  }

  private void list(Context ctx, Caller caller, ListQuery query) {
    var preference = Preference.of(ctx);
    var listed =
        listITwins.list(
            caller,
            new ListITwins.Query(
                query.text("subClass"),
                query.text("displayName"),
                query.text("number"),
                query.text("type"),
                query.text("status"),
                query.text("parentId"),
                query.text("iTwinAccountId"),
                query.text("$search"),
                query.text("includeInactive"),
                query.text("$orderBy"),
                query.text("$skip"),
                query.text("$top"),
                query.mistyped()));
    Answer.write(
        ctx,
        listed,
        200,
        found ->
            ITwinBody.list(
                found.page(),
                preference,
                query.links(url, ITWINS, found.pageRequest(), found.page())),
        QUERY);
  }

  private void get(Context ctx, Caller caller) {
    Answer.write(ctx, getITwin.get(caller, id(ctx)), 200, ITwinRoutes::one, QUERY);
  }

  private void update(Context ctx, Caller caller, JsonMembers body) {
    Answer.write(
        ctx, updateITwin.update(caller, id(ctx), request(body)), 200, ITwinRoutes::one, BODY);
  }

  private void delete(Context ctx, Caller caller) {
    Answer.writeNoContent(ctx, deleteITwin.delete(caller, id(ctx)), QUERY);
  }

  private static String id(Context ctx) {
    return ctx.pathParam("id");
  }

  private static Object one(ITwin iTwin) {
    return new ITwinBody.One(ITwinBody.of(iTwin));
  }

  private static ITwinRequest request(JsonMembers body) {
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
