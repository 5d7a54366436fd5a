package io.storageconnections.adapter.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.javalin.http.Context;
import io.storageconnections.adapter.http.ErrorBody.Resource;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.authorization.GetAuthorizationInformation;
import io.storageconnections.application.authorization.GetAuthorizationInformation.Outcome.Authorized;
import io.storageconnections.application.authorization.GetAuthorizationInformation.Outcome.Invalid;
import io.storageconnections.application.authorization.GetAuthorizationInformation.Query;

/**
 * {@code GET /synchronization/imodels/connections/authorizationinformation}. Clients follow the
 * link without looking whether they need to, so there is always one. Source: api-contract.md,
 * section 1.2, operation 15, and section 8, recommendation 19.
 */
record AuthorizationInformationEndpoint(
    GetAuthorizationInformation getAuthorizationInformation, Links links) implements Door.Endpoint {

  record Body(AuthorizationInformation authorizationInformation) {}

  record AuthorizationInformation(
      @JsonProperty("isUserAuthorized") boolean userAuthorized,
      @JsonProperty("_links") AuthorizationLinks links) {}

  record AuthorizationLinks(Link authorizationUrl) {}

  @Override
  public void answer(Context ctx, Caller caller) {
    var parameters = new QueryParameters(ctx);
    var query = new Query(parameters.text("redirectUrl"), parameters.mistyped());
    switch (getAuthorizationInformation.get(caller, query)) {
      case Authorized yes ->
          Json.write(
              ctx,
              200,
              new Body(
                  new AuthorizationInformation(
                      true, new AuthorizationLinks(new Link(links.authorizationPage())))));
      case Invalid(var violations) ->
          Json.write(
              ctx, 422, ErrorBody.invalid(Resource.AUTHORIZATION, BodyShape.NONE, violations));
    }
  }
}
