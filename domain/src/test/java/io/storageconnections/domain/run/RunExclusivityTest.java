package io.storageconnections.domain.run;

import static io.storageconnections.domain.run.RunExclusivity.PER_CONNECTION;
import static io.storageconnections.domain.run.RunExclusivity.PER_IMODEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.domain.connection.ConnectionFixtures;
import io.storageconnections.domain.connection.ConnectionId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunExclusivityTest {

  private final ConnectionId first =
      new ConnectionId(ConnectionFixtures.iModel(), UUID.randomUUID());
  private final ConnectionId second = new ConnectionId(first.iModel(), UUID.randomUUID());
  private final ConnectionId ofAnotherIModel =
      new ConnectionId(ConnectionFixtures.iModel(), UUID.randomUUID());

  @Test
  void connections_of_an_imodel_share_a_scope_if_runs_exclude_each_other_per_imodel() {
    assertThat(PER_IMODEL.scopeOf(first))
        .isEqualTo(first.iModel().value())
        .isEqualTo(PER_IMODEL.scopeOf(second))
        .isNotEqualTo(PER_IMODEL.scopeOf(ofAnotherIModel));
  }

  @Test
  void a_live_run_excludes_those_of_its_imodel_or_of_its_connection() {
    assertThat(PER_IMODEL.excludes(first, first)).isTrue();
    assertThat(PER_IMODEL.excludes(first, second)).isTrue();
    assertThat(PER_IMODEL.excludes(first, ofAnotherIModel)).isFalse();
    assertThat(PER_CONNECTION.excludes(first, first)).isTrue();
    assertThat(PER_CONNECTION.excludes(first, second)).isFalse();
    assertThat(PER_CONNECTION.excludes(first, ofAnotherIModel)).isFalse();
  }

  @Test
  void each_connection_has_its_scope_if_runs_exclude_each_other_per_connection() {
    assertThat(PER_CONNECTION.scopeOf(first))
        .isEqualTo(first.connection())
        .isNotEqualTo(PER_CONNECTION.scopeOf(second));
  }
}
