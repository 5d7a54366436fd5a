package com.example.ownstore.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.ownstore.directory.MembersIModelDirectory.Entry;
import io.storageconnections.application.contract.IModelDirectoryContract;
import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class MembersIModelDirectoryTest implements IModelDirectoryContract {

  private static final IModelId BRIDGE = new IModelId(UUID.randomUUID());
  private static final IModelId TUNNEL = new IModelId(UUID.randomUUID());

  /** The contract calls as the client "one". */
  private final MembersIModelDirectory directory =
      new MembersIModelDirectory(
          Map.of(
              BRIDGE, new Entry(new ITwinId(UUID.randomUUID()), Set.of("one", "ada")),
              TUNNEL, new Entry(new ITwinId(UUID.randomUUID()), Set.of("ada"))));

  @Override
  public IModelDirectory directory() {
    return directory;
  }

  @Override
  public IModelId visibleIModel(Caller caller) {
    return BRIDGE;
  }

  @Override
  public Optional<IModelId> hiddenIModel(Caller caller) {
    return Optional.of(TUNNEL);
  }

  @Test
  void an_imodel_is_visible_to_its_members_only() {
    assertThat(directory.access(Caller.ofUser("app", "ada"), TUNNEL)).isEqualTo(Access.CHANGE);
    assertThat(directory.access(Caller.ofUser("app", "bob"), TUNNEL)).isEqualTo(Access.NONE);
  }
}
