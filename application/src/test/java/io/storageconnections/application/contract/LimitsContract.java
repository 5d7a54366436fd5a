package io.storageconnections.application.contract;

import static io.storageconnections.application.contract.OutcomeAssertions.isFailure;
import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.application.outcome.Outcome.success;
import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
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
import io.storageconnections.domain.connection.FileMappings.HeldFile;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.Limits.Excess;
import io.storageconnections.domain.connection.Limits.Subject;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.SourceFileChange;
import io.storageconnections.domain.connection.Usage;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The third part of the contract of every store: the limits of an iModel, which concurrent changes
 * never exceed.
 */
public interface LimitsContract extends StoreUnderTest {

  /** The limits of each iModel in these tests: 3 connections, 5 source files. */
  Limits LIMITS = new Limits(3, 5);

  @Test
  default void an_addition_within_the_limits_succeeds_and_reports_the_new_usage() {
    var iModel = iModel();
    added(iModel());
    var first = connection().of(iModel).build();
    assertThat(store().add(CAUSE, first, LIMITS)).isEqualTo(success(new Added(new Usage(1, 1))));
    assertThat(store().add(CAUSE, connection().of(iModel).mapping("a", "b").build(), LIMITS))
        .isEqualTo(success(new Added(new Usage(2, 3))));
    assertThat(
            store()
                .addFiles(CAUSE, first.id(), connection().mapping("c", "d").sourceFiles(), LIMITS))
        .isEqualTo(success(new Added(new Usage(2, 5))));
  }

  @Test
  default void an_addition_above_a_limit_fails_and_reports_the_limit_and_the_usage() {
    var iModel = iModel();
    var first = connection().of(iModel).mapping("a", "b", "c").build();
    add(first);
    assertThat(store().add(CAUSE, connection().of(iModel).mapping("d", "e", "f").build(), LIMITS))
        .isEqualTo(failed(new LimitReached(new Excess(Subject.SOURCE_FILES, 5, 3, 3))));
    var more = connection().mapping("d", "e", "f").sourceFiles();
    assertThat(store().addFiles(CAUSE, first.id(), more, LIMITS))
        .isEqualTo(failed(new LimitReached(new Excess(Subject.SOURCE_FILES, 5, 3, 3))));
    added(iModel);
    added(iModel);
    assertThat(store().add(CAUSE, connection().of(iModel).build(), LIMITS))
        .isEqualTo(failed(new LimitReached(new Excess(Subject.CONNECTIONS, 3, 3, 1))));
    assertThat(connections(iModel)).isEqualTo(3);
    assertThat(files(first)).isEqualTo(first.sourceFiles());
  }

  @Test
  default void a_limit_of_zero_means_no_limit() {
    var iModel = iModel();
    for (int i = 0; i < 5; i++) {
      var usage = new Usage(0, i + 1);
      assertThat(store().add(CAUSE, connection().of(iModel).build(), new Limits(0, 5)))
          .isEqualTo(success(new Added(usage)));
    }
    assertThat(store().add(CAUSE, connection().of(iModel).build(), new Limits(6, 0)))
        .isEqualTo(success(new Added(new Usage(6, 0))));
  }

  @Test
  default void an_imodel_above_its_limit_can_be_changed_but_not_extended() {
    var iModel = iModel();
    var first = connection().of(iModel).mapping("a", "b", "c", "d", "e", "f").build();
    add(first);
    assertThat(store().addFiles(CAUSE, first.id(), connection().sourceFiles(), LIMITS))
        .isEqualTo(failed(new LimitReached(new Excess(Subject.SOURCE_FILES, 5, 6, 1))));
    var file = first.sourceFiles().getFirst();
    store()
        .updateFile(
            CAUSE,
            first.id(),
            file.id(),
            new SourceFileChange(file.storageFileId(), ConnectorType.DWG),
            Precondition.revision(1));
    assertThat(files(first)).hasSize(6);
    assertThat(files(first).getFirst().connectorType()).isEqualTo(ConnectorType.DWG);
  }

  @Test
  default void removed_connections_and_source_files_no_longer_count() {
    var iModel = iModel();
    var first = connection().of(iModel).mapping("a", "b", "c", "d", "e").build();
    store().add(CAUSE, first, LIMITS);
    store().removeFile(CAUSE, first.id(), first.sourceFiles().getFirst().id(), Precondition.NONE);
    assertThat(store().add(CAUSE, connection().of(iModel).build(), LIMITS))
        .isEqualTo(success(new Added(new Usage(2, 5))));
    store().remove(CAUSE, first.id(), Precondition.NONE);
    assertThat(store().add(CAUSE, connection().of(iModel).build(), LIMITS))
        .isEqualTo(success(new Added(new Usage(2, 2))));
  }

  @Test
  default void adding_files_to_an_unknown_connection_of_a_full_imodel_is_no_limit_failure() {
    var iModel = iModel();
    add(connection().of(iModel).mapping("a", "b", "c", "d", "e").build());
    var unknown = connection().of(iModel).build();
    assertThat(store().addFiles(CAUSE, unknown.id(), unknown.sourceFiles(), LIMITS))
        .isEqualTo(failed(new ConnectionNotFound(unknown.id())));
  }

  @Test
  default void a_file_that_is_mapped_already_takes_precedence_over_a_limit() {
    var iModel = iModel();
    var first = connection().of(iModel).mapping("a", "b", "c").build();
    add(first);
    added(iModel);
    added(iModel);
    var rival = connection().of(iModel).mapping("new", "b").build();
    var conflict = new HeldFile(1, rival.storageFileIds().get(1), StoreUnderTest.holder(first, 1));
    assertThat(store().add(CAUSE, rival, LIMITS))
        .isEqualTo(failed(new FilesAlreadyMapped(List.of(conflict))));
    assertThat(store().addFiles(CAUSE, first.id(), rival.sourceFiles(), LIMITS))
        .isEqualTo(failed(new FilesAlreadyMapped(List.of(conflict))));
    assertThat(files(first)).isEqualTo(first.sourceFiles());
  }

  @Test
  default void concurrent_creations_do_not_exceed_the_limit() throws InterruptedException {
    var iModel = iModel();
    var additions =
        Race.among(
            IntStream.range(0, 16)
                .mapToObj(i ->
                    (Callable<Outcome<Added, OfCreation>>)
                        () -> store().add(CAUSE, connection().of(iModel).build(), LIMITS))
                .toList());
    Outcome<Added, OfCreation> refused =
        failed(new LimitReached(new Excess(Subject.CONNECTIONS, 3, 3, 1)));
    assertThat(additions).filteredOn(Success.class::isInstance).hasSize(3);
    assertThat(additions).filteredOn(refused::equals).hasSize(13);
    assertThat(connections(iModel)).isEqualTo(3);
  }

  @Test
  default void concurrent_additions_of_files_do_not_exceed_the_limit() throws InterruptedException {
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
    return () -> store().addFiles(CAUSE, connection.id(), connection().sourceFiles(), LIMITS);
  }

  private int connections(IModelId iModel) {
    return store().list(ConnectionFilter.of(iModel), new PageRequest(0, 100)).items().size();
  }
}
