package io.storageconnections.platform.http.imodel;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.storageconnections.adapter.http.RouteGroup;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.request.Preference;
import io.storageconnections.application.port.Caller;
import io.storageconnections.platform.application.imodel.CreateIModel;
import io.storageconnections.platform.application.imodel.DeleteIModel;
import io.storageconnections.platform.application.imodel.GetIModel;
import io.storageconnections.platform.application.imodel.GetUserOfIModel;
import io.storageconnections.platform.application.imodel.IModelRequest;
import io.storageconnections.platform.application.imodel.IModelRequest.ExtentRequest;
import io.storageconnections.platform.application.imodel.ListIModels;
import io.storageconnections.platform.application.imodel.UpdateIModel;
import io.storageconnections.platform.domain.imodel.IModel;
import io.storageconnections.platform.http.error.FailureResponse;
import io.storageconnections.platform.http.error.RequestKind;
import io.storageconnections.platform.http.imodel.IModelBody.CreateOperation;
import io.storageconnections.platform.http.request.BodyEndpoint;
import io.storageconnections.platform.http.request.JsonMembers;
import io.storageconnections.platform.http.request.ListEndpoint;
import io.storageconnections.platform.http.request.ListQuery;
import io.storageconnections.platform.http.response.Answer;

/**
 * The routes of iModels, in the shapes of version 2 of the API. A list has all members of an iModel
 * only if the request prefers {@code return=representation}.
 *
 * @param url the beginning of the links
 * @see <a href="https://developer.bentley.com/apis/imodels-v2/overview/">The iModels API</a>
 */
public record IModelRoutes(
    CreateIModel createIModel,
    GetIModel getIModel,
    ListIModels listIModels,
    UpdateIModel updateIModel,
    DeleteIModel deleteIModel,
    GetUserOfIModel getUserOfIModel,
    BaseUrl url)
    implements RouteGroup {

  static final String IMODELS = "/imodels";
  private static final String IMODEL = IMODELS + "/{id}";

  private static final FailureResponse BODY = FailureResponse.ofBody(RequestKind.IMODELS);
  private static final FailureResponse QUERY = FailureResponse.ofQuery(RequestKind.IMODELS);

  @Override
  public void mount(Routes routes, RequestPipeline pipeline) {
    routes.add(
        HandlerType.POST, IMODELS, pipeline.authenticated(new BodyEndpoint(BODY, this::create)));
    routes.getAndHead(IMODELS, pipeline.authenticated(new ListEndpoint(QUERY, this::list)));
    routes.getAndHead(IMODEL, pipeline.authenticated(this::get));
    routes.add(
        HandlerType.PATCH, IMODEL, pipeline.authenticated(new BodyEndpoint(BODY, this::update)));
    routes.add(HandlerType.DELETE, IMODEL, pipeline.authenticated(this::delete));
    routes.getAndHead(IMODEL + "/operations/create", pipeline.authenticated(this::creation));
    routes.getAndHead(IMODEL + "/users/{userId}", pipeline.authenticated(this::user));
  }

  private void create(Context ctx, Caller caller, JsonMembers body) {
    Answer.write(ctx, createIModel.create(caller, request(body)), 201, this::one, BODY);
  }

  private void list(Context ctx, Caller caller, ListQuery query) {
    var preference = Preference.of(ctx);
    var listed =
        listIModels.list(
            caller,
            new ListIModels.Query(
                query.text("iTwinId"),
                query.text("name"),
                query.text("$search"),
                query.text("$orderBy"),
                query.text("$skip"),
                query.text("$top"),
                query.mistyped()));
    Answer.write(
        ctx,
        listed,
        200,
        found ->
            IModelBody.list(
                found.page(),
                preference,
                query.links(url, IMODELS, found.pageRequest(), found.page()),
                url),
        QUERY);
  }

  private void get(Context ctx, Caller caller) {
    Answer.write(ctx, getIModel.get(caller, id(ctx)), 200, this::one, QUERY);
  }

  private void update(Context ctx, Caller caller, JsonMembers body) {
    Answer.write(ctx, updateIModel.update(caller, id(ctx), request(body)), 200, this::one, BODY);
  }

  private void delete(Context ctx, Caller caller) {
    Answer.writeNoContent(ctx, deleteIModel.delete(caller, id(ctx)), QUERY);
  }

  private void creation(Context ctx, Caller caller) {
    Answer.write(
        ctx,
        getIModel.get(caller, id(ctx)),
        200,
        created -> new CreateOperation(new CreateOperation.Operation("successful")),
        QUERY);
  }

  private void user(Context ctx, Caller caller) {
    Answer.write(
        ctx,
        getUserOfIModel.get(caller, id(ctx), ctx.pathParam("userId")),
        200,
        subject -> IModelBody.user(subject, id(ctx), url),
        QUERY);
  }

  private static String id(Context ctx) {
    return ctx.pathParam("id");
  }

  private Object one(IModel iModel) {
    return new IModelBody.One(IModelBody.of(iModel, url));
  }

  private static IModelRequest request(JsonMembers body) {
    return new IModelRequest(
        body.text("iTwinId"),
        body.text("name"),
        body.text("description"),
        body.hasNonNull("extent") ? extent(body) : null,
        body.text("creationMode"),
        body.names(),
        body.mistyped());
  }

  private static ExtentRequest extent(JsonMembers body) {
    return new ExtentRequest(
        body.number("extent", "southWest", "latitude"),
        body.number("extent", "southWest", "longitude"),
        body.number("extent", "northEast", "latitude"),
        body.number("extent", "northEast", "longitude"));
  }
}
