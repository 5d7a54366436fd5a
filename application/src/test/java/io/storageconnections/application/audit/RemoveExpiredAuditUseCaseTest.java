package io.storageconnections.application.audit;

import static io.storageconnections.application.TestDependencies.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.TestDependencies;
import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.port.Dependencies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RemoveExpiredAuditUseCaseTest {

  /** A store with expired entries, which records the calls. */
  private static final class StoreWithExpiredEntries extends InMemoryStorageConnectionStore {

    private int expired;
    private final List<Integer> batches = new ArrayList<>();
    private final HashSet<Instant> deletedBefore = new HashSet<>();

    private StoreWithExpiredEntries(int expired) {
      this.expired = expired;
    }

    @Override
    public synchronized int removeAuditOfDeleted(Instant before, int max) {
      deletedBefore.add(before);
      var removed = Math.min(expired, max);
      expired -= removed;
      batches.add(removed);
      return removed;
    }
  }

  private static int removeFrom(StoreWithExpiredEntries store) {
    return RemoveExpiredAudit.on(TestDependencies.on(store)).remove();
  }

  @Test
  void entries_expire_when_the_retention_has_passed_since_the_deletion() {
    var store = new StoreWithExpiredEntries(1);
    removeFrom(store);
    assertThat(store.deletedBefore)
        .containsExactly(CLOCK.instant().minus(Dependencies.AUDIT_RETENTION));
  }

  @Test
  void batches_remove_all_expired_entries() {
    var store = new StoreWithExpiredEntries(2_500);
    assertThat(removeFrom(store)).isEqualTo(2_500);
    assertThat(store.batches).containsExactly(1_000, 1_000, 500);
  }

  @Test
  void nothing_is_removed_if_nothing_is_expired() {
    assertThat(removeFrom(new StoreWithExpiredEntries(0))).isZero();
  }

  @Test
  void a_call_removes_at_most_the_greatest_number_and_the_next_call_the_others() {
    var store = new StoreWithExpiredEntries(RemoveExpiredAudit.ENTRIES_MAX + 1);
    assertThat(removeFrom(store)).isEqualTo(RemoveExpiredAudit.ENTRIES_MAX);
    assertThat(removeFrom(store)).isEqualTo(1);
  }
}
