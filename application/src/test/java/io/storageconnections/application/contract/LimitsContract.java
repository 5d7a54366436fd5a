package io.storageconnections.application.contract;

import static io.storageconnections.application.contract.OutcomeAssertions.isFailure;
import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.application.outcome.Outcome.success;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.LimitReached;
import io.storageconnections.application.outcome.Failure.OfCreation;
import io.storageconnections.application.outcome.Failure.OfFileAddition;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.StorageConnectionStore.Added;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.Limits.Excess;
import io.storageconnections.domain.connection.Limits.Subject;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.SourceFileChange;
import io.storageconnections.domain.connection.Usage;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store promises of limits: they hold, whoever is faster, and count for one iModel. */
interface LimitsContract extends StoreUnderTest {

  /** Of an iModel in these tests. */
  Limits LIMITS = new Limits(3, 5);

  @Test
  default void what_fits_is_added_and_told_with_what_there_is_then() {
    var iModel = iModel();
    added(iModel());
    var first = connection().of(iModel).build();
    assertThat(store().add(first, LIMITS)).isEqualTo(success(new Added(new Usage(1, 1))));
    assertThat(store().add(connection().of(iModel).mapping("a", "b").build(), LIMITS))
        .isEqualTo(success(new Added(new Usage(2, 3))));
    assertThat(store().addFiles(first.id(), connection().mapping("c", "d").sourceFiles(), LIMITS))
        .isEqualTo(success(new Added(new Usage(2, 5))));
  }

  @Test
  default void what_does_not_fit_is_refused_with_the_limit_and_what_there_is() {
    var iModel = iModel();
    var first = connection().of(iModel).mapping("a", "b", "c").build();
    add(first);
    assertThat(store().add(connection().of(iModel).mapping("d", "e", "f").build(), LIMITS))
        .isEqualTo(failed(new LimitReached(new Excess(Subject.SOURCE_FILES, 5, 3, 3))));
    var more = connection().mapping("d", "e", "f").sourceFiles();
    assertThat(store().addFiles(first.id(), more, LIMITS))
        .isEqualTo(failed(new LimitReached(new Excess(Subject.SOURCE_FILES, 5, 3, 3))));
    added(iModel);
    added(iModel);
    assertThat(store().add(connection().of(iModel).build(), LIMITS))
        .isEqualTo(failed(new LimitReached(new Excess(Subject.CONNECTIONS, 3, 3, 1))));
    assertThat(connections(iModel)).isEqualTo(3);
    assertThat(files(first)).isEqualTo(first.sourceFiles());
  }

  @Test
  default void a_limit_of_zero_is_none() {
    var iModel = iModel();
    for (int i = 0; i < 5; i++) {
      var usage = new Usage(0, i + 1);
      assertThat(store().add(connection().of(iModel).build(), new Limits(0, 5)))
          .isEqualTo(success(new Added(usage)));
    }
    assertThat(store().add(connection().of(iModel).build(), new Limits(6, 0)))
        .isEqualTo(success(new Added(new Usage(6, 0))));
  }

  @Test
  default void more_than_a_limit_may_be_there_and_be_changed_but_nothing_be_added() {
    var iModel = iModel();
    var first = connection().of(iModel).mapping("a", "b", "c", "d", "e", "f").build();
    add(first);
    assertThat(store().addFiles(first.id(), connection().sourceFiles(), LIMITS))
        .isEqualTo(failed(new LimitReached(new Excess(Subject.SOURCE_FILES, 5, 6, 1))));
    var file = first.sourceFiles().getFirst();
    store()
        .updateFile(
            first.id(),
            file.id(),
            new SourceFileChange(file.storageFileId(), ConnectorType.DWG),
            Precondition.revision(1));
    assertThat(files(first)).hasSize(6);
    assertThat(files(first).getFirst().connectorType()).isEqualTo(ConnectorType.DWG);
  }

  @Test
  default void what_is_removed_makes_room() {
    var iModel = iModel();
    var first = connection().of(iModel).mapping("a", "b", "c", "d", "e").build();
    store().add(first, LIMITS);
    store().removeFile(first.id(), first.sourceFiles().getFirst().id(), Precondition.NONE);
    assertThat(store().add(connection().of(iModel).build(), LIMITS))
        .isEqualTo(success(new Added(new Usage(2, 5))));
    store().remove(first.id(), Precondition.NONE);
    assertThat(store().add(connection().of(iModel).build(), LIMITS))
        .isEqualTo(success(new Added(new Usage(2, 2))));
  }

  @Test
  default void what_is_not_there_is_not_found_however_full_the_imodel_is() {
    var iModel = iModel();
    add(connection().of(iModel).mapping("a", "b", "c", "d", "e").build());
    var unknown = connection().of(iModel).build();
    assertThat(store().addFiles(unknown.id(), unknown.sourceFiles(), LIMITS))
        .isEqualTo(failed(new ConnectionNotFound(unknown.id())));
  }

  @Test
  default void of_many_that_create_at_once_as_many_succeed_as_there_is_room()
      throws InterruptedException {
    var iModel = iModel();
    var additions =
        Race.among(
            IntStream.range(0, 16)
                .mapToObj(i ->
                    (Callable<Outcome<Added, OfCreation>>)
                        () -> store().add(connection().of(iModel).build(), LIMITS))
                .toList());
    Outcome<Added, OfCreation> refused =
        failed(new LimitReached(new Excess(Subject.CONNECTIONS, 3, 3, 1)));
    assertThat(additions).filteredOn(Success.class::isInstance).hasSize(3);
    assertThat(additions).filteredOn(refused::equals).hasSize(13);
    assertThat(connections(iModel)).isEqualTo(3);
  }

  @Test
  default void of_many_that_add_files_at_once_as_many_succeed_as_there_is_room()
      throws InterruptedException {
    var iModel = iModel();
    var one = added(iModel);
    var two = added(iModel);
    var additions =
        Race.among(IntStream.range(0, 16).mapToObj(i -> addition(i % 2 == 0 ? one : two)).toList());
    assertThat(additions).filteredOn(Success.class::isInstance).hasSize(3);
    assertThat(additions)
        .filteredOn(addition -> isFailure(addition, LimitReached.class))
        .hasSize(13);
    assertThat(files(one).size() + files(two).size()).isEqualTo(5);
  }

  private Callable<Outcome<Added, OfFileAddition>> addition(NewConnection connection) {
    return () -> store().addFiles(connection.id(), connection().sourceFiles(), LIMITS);
  }

  private int connections(IModelId iModel) {
    return store().list(ConnectionFilter.of(iModel), new PageRequest(0, 100)).items().size();
  }
}
