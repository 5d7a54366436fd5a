package io.storageconnections.adapter.http;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.ErrorBody.Resource;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.sourcefile.ListSourceFiles;
import io.storageconnections.application.sourcefile.ListSourceFiles.Outcome.ConnectionNotFound;
import io.storageconnections.application.sourcefile.ListSourceFiles.Outcome.Invalid;
import io.storageconnections.application.sourcefile.ListSourceFiles.Outcome.Listed;
import io.storageconnections.application.sourcefile.ListSourceFiles.Query;

/**
 * {@code GET /synchronization/imodels/storageconnections/{connectionId}/sourcefiles}. Source:
 * api-contract.md, section 1.2, operation 10, and section 1.4.
 */
record ListSourceFilesEndpoint(ListSourceFiles listSourceFiles, Links links)
    implements Door.Endpoint {

  @Override
  public void answer(Context ctx, Caller caller) {
    var preference = Preference.of(ctx);
    switch (listSourceFiles.list(caller, query(ctx))) {
      case Listed(var connection, var slice, var page) -> {
        var paging = PagingLinks.of(links.sourceFiles(connection), slice, page);
        var body = Json.bytes(SourceFileBody.list(page, preference, paging, links));
        ETag.ofContent(body).answer(ctx, body);
      }
      case ConnectionNotFound unknown ->
          Json.write(ctx, 404, ErrorBody.notFound(Resource.CONNECTION));
      case Invalid(var violations) ->
          Json.write(ctx, 422, ErrorBody.invalid(Resource.SOURCE_FILE, BodyShape.NONE, violations));
    }
  }

  private static Query query(Context ctx) {
    var parameters = new QueryParameters(ctx);
    return new Query(
        ctx.pathParam("connectionId"),
        parameters.number("skip"),
        parameters.number("top"),
        parameters.mistyped());
  }
}
