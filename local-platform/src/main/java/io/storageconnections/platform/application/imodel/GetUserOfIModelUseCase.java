package io.storageconnections.platform.application.imodel;

import io.storageconnections.application.port.Caller;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Failure.UserNotFound;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.MemberStore;
import io.storageconnections.platform.domain.member.Role;
import io.storageconnections.platform.domain.member.UserId;
import java.util.stream.Stream;

/**
 * Searches the subject among those that belong to the iModel, because ids cannot be turned back.
 */
record GetUserOfIModelUseCase(MemberStore members, Permissions permissions)
    implements GetUserOfIModel {

  @Override
  public Outcome<String> get(Caller caller, String iModelId, String userId) {
    return permissions
        .iModel(caller, iModelId, Role.READER)
        .flatMap(iModel ->
            Outcome.of(
                Stream.concat(
                        Stream.of(iModel.createdBy()),
                        members.list(iModel.iTwin()).stream()
                            .map(member -> member.subject().value()))
                    .filter(subject -> UserId.of(subject).toString().equalsIgnoreCase(userId))
                    .findFirst(),
                new UserNotFound()));
  }
}
