package io.storageconnections.application.audit;

import static io.storageconnections.application.TestDependencies.CALLER;
import static io.storageconnections.application.contract.OutcomeAssertions.assertSuccess;
import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.TestDependencies;
import io.storageconnections.application.audit.ListAudit.Listed;
import io.storageconnections.application.audit.ListAudit.Query;
import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfAudit;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Violation;
import io.storageconnections.application.outcome.Violation.Kind;
import io.storageconnections.application.port.AuditFilter;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.domain.audit.AuditEntry;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ListAuditUseCaseTest {

  private final InMemoryStorageConnectionStore store = new InMemoryStorageConnectionStore();
  private final NewConnection first = connection().of(iModel()).build();
  private final NewConnection second = connection().of(first.iModel()).build();
  private final String iModel = first.iModel().toString();

  ListAuditUseCaseTest() {
    store.add(CAUSE, first, Limits.NONE);
    store.add(CAUSE, second, Limits.NONE);
  }

  private Outcome<Listed, OfAudit> list(
      @Nullable String iModelId, @Nullable String connectionId, Long skip, Long top) {
    return ListAudit.on(TestDependencies.on(store))
        .list(CALLER, new Query(iModelId, connectionId, skip, top, Set.of()));
  }

  private static Outcome<Listed, OfAudit> invalid(String... paths) {
    return failed(
        new Invalid(
            List.of(paths).stream().map(path -> new Violation(Kind.INVALID, path)).toList()));
  }

  @Test
  void all_violations_of_a_query_are_reported_together() {
    assertThat(list("x", "y", -1L, 0L))
        .isEqualTo(invalid("iModelId", "connectionId", "skip", "top"));
  }

  @Test
  void a_connection_of_another_imodel_is_a_violation() {
    var other = connection().of(iModel()).build().id().toString();
    assertThat(list(iModel, other, 0L, 10L)).isEqualTo(invalid("connectionId"));
  }

  @Test
  void the_filter_selects_the_entries_of_one_connection() {
    var listed = assertSuccess(list(iModel, first.id().toString(), 0L, 10L));
    assertThat(listed.filter()).isEqualTo(new AuditFilter(first.iModel(), first.id()));
    assertThat(listed.page().items()).containsExactly(AuditEntry.created(CAUSE, first));
  }

  @Test
  void a_page_has_at_most_the_greatest_number_of_entries() {
    var listed = assertSuccess(list(iModel, null, 1L, PageRequest.TOP_MAX + 1L));
    assertThat(listed.pageRequest()).isEqualTo(new PageRequest(1, PageRequest.TOP_MAX));
    assertThat(listed.page().items()).hasSize(1);
    assertThat(listed.page().preceding()).isEqualTo(1);
  }
}
