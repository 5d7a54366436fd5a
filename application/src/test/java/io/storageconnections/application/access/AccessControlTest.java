package io.storageconnections.application.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.access.AccessControl.Decision;
import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.InsufficientPermissions;
import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.application.port.Permission;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AccessControlTest {

  private static final IModelId IMODEL = new IModelId(new UUID(1, 1));
  private static final ConnectionId CONNECTION = new ConnectionId(IMODEL, new UUID(2, 2));
  private static final Caller CALLER = Caller.ofUser("client", "ada");

  private record FixedDirectory(Access access) implements IModelDirectory {

    @Override
    public Access access(Caller caller, IModelId iModel) {
      return access;
    }

    @Override
    public Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile) {
      return Optional.empty();
    }
  }

  private static AccessControl with(Access access) {
    return new AccessControl(new FixedDirectory(access));
  }

  @ParameterizedTest
  @CsvSource({
    "NONE,   READ,  UNKNOWN",
    "NONE,   WRITE, UNKNOWN",
    "NONE,   RUN,   UNKNOWN",
    "DENIED, READ,  FORBIDDEN",
    "DENIED, WRITE, FORBIDDEN",
    "DENIED, RUN,   FORBIDDEN",
    "READ,   READ,  ALLOWED",
    "READ,   WRITE, FORBIDDEN",
    "READ,   RUN,   FORBIDDEN",
    "CHANGE, READ,  ALLOWED",
    "CHANGE, WRITE, ALLOWED",
    "CHANGE, RUN,   ALLOWED"
  })
  void the_directory_decides_for_a_caller_with_all_permissions(
      Access access, Permission needed, Decision decision) {
    assertThat(with(access).decide(CALLER, IMODEL, needed)).isEqualTo(decision);
  }

  @ParameterizedTest
  @EnumSource(Permission.class)
  void a_caller_needs_the_permission_itself_and_no_other_one(Permission needed) {
    var others = EnumSet.complementOf(EnumSet.of(needed));
    assertThat(with(Access.CHANGE).decide(CALLER.withPermissions(others), IMODEL, needed))
        .isEqualTo(Decision.FORBIDDEN);
    assertThat(with(Access.CHANGE).decide(CALLER.withPermissions(Set.of(needed)), IMODEL, needed))
        .isEqualTo(Decision.ALLOWED);
  }

  @ParameterizedTest
  @EnumSource(Permission.class)
  void an_imodel_that_does_not_exist_for_a_caller_without_permissions_stays_unknown(
      Permission needed) {
    assertThat(with(Access.NONE).decide(CALLER.withPermissions(Set.of()), IMODEL, needed))
        .isEqualTo(Decision.UNKNOWN);
  }

  @Test
  void a_refusal_names_the_connection_only_if_the_imodel_is_unknown() {
    assertThat(with(Access.CHANGE).refusal(CALLER, CONNECTION, Permission.WRITE)).isEmpty();
    assertThat(with(Access.READ).refusal(CALLER, CONNECTION, Permission.WRITE))
        .contains(new InsufficientPermissions(IMODEL));
    assertThat(with(Access.NONE).refusal(CALLER, CONNECTION, Permission.WRITE))
        .contains(new ConnectionNotFound(CONNECTION));
  }
}
