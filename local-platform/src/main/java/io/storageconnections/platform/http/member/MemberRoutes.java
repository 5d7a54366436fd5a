package io.storageconnections.platform.http.member;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.storageconnections.adapter.http.RouteGroup;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.request.QueryParameters;
import io.storageconnections.application.port.Caller;
import io.storageconnections.platform.application.member.GetMember;
import io.storageconnections.platform.application.member.ListMembers;
import io.storageconnections.platform.application.member.PutMember;
import io.storageconnections.platform.application.member.RemoveMember;
import io.storageconnections.platform.domain.member.Member;
import io.storageconnections.platform.http.error.FailureResponse;
import io.storageconnections.platform.http.error.RequestKind;
import io.storageconnections.platform.http.request.BodyEndpoint;
import io.storageconnections.platform.http.request.JsonMembers;
import io.storageconnections.platform.http.response.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The routes of the members of an iTwin, an addition of this project. A subject that cannot stand
 * in a segment of a path is the query parameter {@code subject} instead.
 */
public record MemberRoutes(
    ListMembers listMembers, GetMember getMember, PutMember putMember, RemoveMember removeMember)
    implements RouteGroup {

  private static final String MEMBERS = "/itwins/{id}/members";
  private static final String MEMBER = MEMBERS + "/{subject}";

  private static final FailureResponse BODY = FailureResponse.ofBody(RequestKind.ITWINS);
  private static final FailureResponse QUERY = FailureResponse.ofQuery(RequestKind.ITWINS);

  private record Body(String subject, String role) {

    static Body of(Member member) {
      return new Body(member.subject().value(), member.role().toString());
    }
  }

  private record One(Body member) {}

  private record Many(List<Body> members) {}

  @Override
  public void mount(Routes routes, RequestPipeline pipeline) {
    routes.getAndHead(MEMBERS, pipeline.authenticated(this::list));
    routes.getAndHead(MEMBER, pipeline.authenticated(this::get));
    for (var path : List.of(MEMBERS, MEMBER)) {
      routes.add(HandlerType.PUT, path, pipeline.authenticated(new BodyEndpoint(BODY, this::put)));
      routes.add(HandlerType.DELETE, path, pipeline.authenticated(this::remove));
    }
  }

  private void list(Context ctx, Caller caller) {
    Answer.write(
        ctx,
        listMembers.list(caller, ctx.pathParam("id")),
        200,
        members -> new Many(members.stream().map(Body::of).toList()),
        QUERY);
  }

  private void get(Context ctx, Caller caller) {
    Answer.write(
        ctx,
        getMember.get(caller, ctx.pathParam("id"), ctx.pathParam("subject")),
        200,
        member -> new One(Body.of(member)),
        QUERY);
  }

  private void put(Context ctx, Caller caller, JsonMembers body) {
    Answer.write(
        ctx,
        putMember.put(
            caller, ctx.pathParam("id"), subject(ctx), body.text("role"), body.mistyped()),
        200,
        member -> new One(Body.of(member)),
        BODY);
  }

  private void remove(Context ctx, Caller caller) {
    Answer.writeNoContent(
        ctx, removeMember.remove(caller, ctx.pathParam("id"), subject(ctx)), QUERY);
  }

  private static @Nullable String subject(Context ctx) {
    var inPath = ctx.pathParamMap().get("subject");
    return inPath == null ? new QueryParameters(ctx).textUnlessEmpty("subject") : inPath;
  }
}
