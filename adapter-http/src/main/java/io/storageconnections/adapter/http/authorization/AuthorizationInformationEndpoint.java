package io.storageconnections.adapter.http.authorization;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.javalin.http.Context;
import io.storageconnections.adapter.http.error.FailureResponse;
import io.storageconnections.adapter.http.error.Resource;
import io.storageconnections.adapter.http.error.ViolationPaths;
import io.storageconnections.adapter.http.link.Link;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.pipeline.QueryEndpoint;
import io.storageconnections.adapter.http.request.QueryParameters;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.application.authorization.GetAuthorizationInformation;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.Caller;

/**
 * {@code GET /synchronization/imodels/connections/authorizationinformation}. The answer always has
 * a link, because clients follow it even if the user is authorized already.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-authorization-information">The
 *     documented operation</a>
 */
record AuthorizationInformationEndpoint(
    GetAuthorizationInformation getAuthorizationInformation, Links links) implements QueryEndpoint {

  private static final FailureResponse FAILURE =
      new FailureResponse(Resource.AUTHORIZATION, ViolationPaths.NO_BODY);

  record Body(AuthorizationInformation authorizationInformation) {}

  record AuthorizationInformation(
      @JsonProperty("isUserAuthorized") boolean userAuthorized,
      @JsonProperty("_links") AuthorizationLinks links) {}

  record AuthorizationLinks(Link authorizationUrl) {}

  @Override
  public Resource resource() {
    return Resource.AUTHORIZATION;
  }

  @Override
  public void answer(Context ctx, Caller caller, QueryParameters parameters) {
    var query =
        new GetAuthorizationInformation.Query(
            parameters.text("redirectUrl"), parameters.mistyped());
    switch (getAuthorizationInformation.get(caller, query)) {
      case Success(var authorized) ->
          Json.write(
              ctx,
              200,
              new Body(
                  new AuthorizationInformation(
                      true, new AuthorizationLinks(new Link(links.authorizationPage())))));
      case Failed(var failure) -> FAILURE.write(ctx, failure, links);
    }
  }
}
