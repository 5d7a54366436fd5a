package io.storageconnections.application.contract;

import static io.storageconnections.application.contract.OutcomeAssertions.assertFailure;
import static io.storageconnections.application.contract.OutcomeAssertions.isFailure;
import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.application.outcome.Outcome.success;
import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.file;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Failure.OfCreation;
import io.storageconnections.application.outcome.Failure.OfFileAddition;
import io.storageconnections.application.outcome.Failure.OfFileChange;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.outcome.Removed;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.StorageConnectionStore.Added;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.FileMappings;
import io.storageconnections.domain.connection.FileMappings.Conflict;
import io.storageconnections.domain.connection.FileMappings.HeldFile;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileChange;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The fourth part of the contract of every store, for concurrent changes: a Storage file is mapped
 * to an iModel at most once. A store that checks whether a file is mapped and inserts it later,
 * without a lock or a unique constraint, fails these tests: up to 32 threads pass the check before
 * the first of them inserts. Which tests fail can differ from run to run.
 */
public interface MappingContract extends StoreUnderTest {

  @Test
  default void of_concurrent_creations_with_the_same_files_exactly_one_succeeds()
      throws InterruptedException {
    var iModel = iModel();
    var rivals =
        IntStream.range(0, 32)
            .mapToObj(i ->
                i % 2 == 0
                    ? connection().of(iModel).mapping("a.dgn", "b.dgn").build()
                    : connection().of(iModel).mapping("b.dgn", "a.dgn").build())
            .toList();
    var additions = Race.among(rivals.stream().map(this::addition).toList());
    assertThat(additions.stream().filter(Success.class::isInstance)).hasSize(1);
    var winner = rivals.get(indexOfSuccess(additions));
    for (int i = 0; i < rivals.size(); i++) {
      if (i != indexOfSuccess(additions)) {
        var failure = assertFailure(additions.get(i), FilesAlreadyMapped.class);
        var wanted = rivals.get(i).storageFileIds();
        assertThat(failure.conflicts())
            .extracting(Conflict::file)
            .containsExactlyElementsOf(wanted);
        assertThat(failure.conflicts())
            .allSatisfy(conflict ->
                assertThat(((HeldFile) conflict).holder().connection()).isEqualTo(winner.id()));
      }
    }
  }

  @Test
  default void concurrent_creations_with_overlapping_files_are_atomic()
      throws InterruptedException {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    var iModel = iModel();
    var names = new ArrayList<>(IntStream.range(0, 20).mapToObj(i -> i + ".dgn").toList());
    var rivals = new ArrayList<NewConnection>();
    for (int i = 0; i < 32; i++) {
      Collections.shuffle(names, random);
      rivals.add(
          connection().of(iModel).mapping(names.subList(0, 5).toArray(String[]::new)).build());
    }
    var additions = Race.among(rivals.stream().map(this::addition).toList());
    var files = names.stream().map(name -> file(name)).toList();
    var holders = store().mappings(iModel, files).holders();
    for (int i = 0; i < rivals.size(); i++) {
      var rival = rivals.get(i);
      var held =
          rival.storageFileIds().stream()
              .filter(file -> rival.id().equals(holderOf(file, holders)))
              .toList();
      var won = additions.get(i) instanceof Success;
      assertThat(held)
          .as("seed %d, rival %d: %s", seed, i, additions.get(i))
          .isEqualTo(won ? rival.storageFileIds() : List.of());
      assertThat(store().find(rival.id()).isPresent()).as("seed %d", seed).isEqualTo(won);
    }
    assertThat(additions).as("seed %d", seed).contains(success(new Added(null)));
  }

  private static @Nullable ConnectionId holderOf(
      StorageFileId file, Map<StorageFileId, FileMappings.Holder> holders) {
    var holder = holders.get(file);
    return holder == null ? null : holder.connection();
  }

  private Callable<Outcome<Added, OfCreation>> addition(NewConnection connection) {
    return () -> add(connection);
  }

  @Test
  default void all_concurrent_additions_of_different_files_to_one_connection_succeed()
      throws InterruptedException {
    var connection = added(iModel());
    var additions =
        Race.among(
            IntStream.range(0, 32).mapToObj(i -> addition(connection, "a" + i, "b" + i)).toList());
    assertThat(additions).containsOnly(success(new Added(null)));
    assertThat(files(connection)).hasSize(1 + 64);
  }

  @Test
  default void of_concurrent_additions_of_the_same_files_to_two_connections_exactly_one_succeeds()
      throws InterruptedException {
    var iModel = iModel();
    var one = added(iModel);
    var two = added(iModel);
    var additions =
        Race.among(
            IntStream.range(0, 32)
                .mapToObj(i ->
                    i % 4 < 2
                        ? addition(i % 2 == 0 ? one : two, "a.dgn", "b.dgn")
                        : addition(i % 2 == 0 ? one : two, "b.dgn", "a.dgn"))
                .toList());
    assertThat(additions).filteredOn(Success.class::isInstance).hasSize(1);
    assertThat(additions)
        .filteredOn(addition -> isFailure(addition, FilesAlreadyMapped.class))
        .hasSize(31);
    assertThat(files(one).size() + files(two).size()).isEqualTo(4);
  }

  @Test
  default void of_concurrent_updates_to_the_same_storage_file_exactly_one_succeeds()
      throws InterruptedException {
    var iModel = iModel();
    var rivals = IntStream.range(0, 16).mapToObj(i -> added(iModel)).toList();
    var updates = Race.among(rivals.stream().map(rival -> move(rival, file("goal.dgn"))).toList());
    assertThat(updates).filteredOn(Success.class::isInstance).hasSize(1);
    assertThat(updates)
        .filteredOn(update -> isFailure(update, FilesAlreadyMapped.class))
        .hasSize(15);
    var winner = rivals.get(indexOfSuccess(updates));
    for (int i = 0; i < rivals.size(); i++) {
      if (updates.get(i) instanceof Failed(FilesAlreadyMapped failure)) {
        assertThat(failure.conflicts())
            .containsExactly(new HeldFile(0, file("goal.dgn"), StoreUnderTest.holder(winner, 0)));
        assertThat(files(rivals.get(i))).isEqualTo(rivals.get(i).sourceFiles());
      }
    }
  }

  @Test
  default void concurrent_updates_cannot_swap_two_storage_files() throws InterruptedException {
    var iModel = iModel();
    for (int round = 0; round < 10; round++) {
      var a = file("a" + round);
      var b = file("b" + round);
      var one = connection().of(iModel).mapping(a).build();
      var two = connection().of(iModel).mapping(b).build();
      add(one);
      add(two);
      var updates = Race.among(List.of(move(one, b), move(two, a)));
      assertThat(updates).allMatch(update -> isFailure(update, FilesAlreadyMapped.class));
      assertThat(files(one)).isEqualTo(one.sourceFiles());
      assertThat(files(two)).isEqualTo(two.sourceFiles());
    }
  }

  @Test
  default void a_storage_file_that_is_replaced_concurrently_is_mapped_at_most_once()
      throws InterruptedException {
    var iModel = iModel();
    for (int round = 0; round < 10; round++) {
      var wanted = file("wanted" + round);
      var holder = connection().of(iModel).mapping(wanted).build();
      var rival = connection().of(iModel).mapping(wanted).build();
      add(holder);
      Callable<Outcome<?, ?>> moving = () -> move(holder, file("elsewhere" + holder.id())).call();
      Callable<Outcome<?, ?>> adding = () -> add(rival);
      var results = Race.among(List.of(moving, adding));
      assertThat(results.getFirst()).isInstanceOf(Success.class);
      var won = results.getLast().equals(ADDED);
      assertThat(won || isFailure(results.getLast(), FilesAlreadyMapped.class)).isTrue();
      assertThat(store().mappings(iModel, List.of(wanted)).holders()).hasSize(won ? 1 : 0);
    }
  }

  @Test
  default void files_of_a_concurrently_removed_connection_go_to_at_most_one_new_connection()
      throws InterruptedException {
    var iModel = iModel();
    for (int round = 0; round < 10; round++) {
      var names = new String[] {"a" + round, "b" + round, "c" + round};
      var holder = connection().of(iModel).mapping(names).build();
      var rivals =
          IntStream.range(0, 4).mapToObj(i -> connection().of(iModel).mapping(names).build());
      add(holder);
      var racing = new ArrayList<Callable<Outcome<?, ?>>>();
      racing.add(() -> store().remove(CAUSE, holder.id(), Precondition.NONE));
      rivals.forEach(rival -> racing.add(() -> add(rival)));
      var results = Race.among(racing);
      assertThat(results.getFirst()).isEqualTo(success(new Removed()));
      var additions = results.subList(1, results.size());
      assertThat(additions)
          .allMatch(result -> result.equals(ADDED) || isFailure(result, FilesAlreadyMapped.class));
      var won = Collections.frequency(additions, ADDED);
      assertThat(won).isLessThanOrEqualTo(1);
      assertThat(store().mappings(iModel, holder.storageFileIds()).holders()).hasSize(3 * won);
    }
  }

  @Test
  default void files_added_during_the_removal_of_their_connection_leave_no_mapping()
      throws InterruptedException {
    var iModel = iModel();
    for (int round = 0; round < 10; round++) {
      var connection = added(iModel);
      var name = "late" + round;
      Callable<Outcome<?, ?>> adding = () -> addition(connection, name).call();
      Callable<Outcome<?, ?>> removing =
          () -> store().remove(CAUSE, connection.id(), Precondition.NONE);
      var results = Race.among(List.of(adding, removing, adding, adding));
      assertThat(results.get(1)).isEqualTo(success(new Removed()));
      assertThat(List.of(results.get(0), results.get(2), results.get(3)))
          .allMatch(result ->
              result.equals(ADDED)
                  || result.equals(failed(new ConnectionNotFound(connection.id())))
                  || isFailure(result, FilesAlreadyMapped.class));
      assertThat(store().find(connection.id())).isEmpty();
      assertThat(store().listFiles(connection.id(), new PageRequest(0, 9)))
          .isEqualTo(failed(new ConnectionNotFound(connection.id())));
      assertThat(store().mappings(iModel, List.of(file(name))).holders()).isEmpty();
    }
  }

  private Callable<Outcome<Added, OfFileAddition>> addition(
      NewConnection connection, String... names) {
    var files = connection().mapping(names).sourceFiles();
    return () -> store().addFiles(CAUSE, connection.id(), files, Limits.NONE);
  }

  private Callable<Outcome<SourceFile, OfFileChange>> move(
      NewConnection connection, StorageFileId file) {
    SourceFile first = connection.sourceFiles().getFirst();
    return () ->
        store()
            .updateFile(
                CAUSE,
                connection.id(),
                first.id(),
                new SourceFileChange(file, ConnectorType.DWG),
                Precondition.NONE);
  }

  private static int indexOfSuccess(List<? extends Outcome<?, ?>> outcomes) {
    return IntStream.range(0, outcomes.size())
        .filter(i -> outcomes.get(i) instanceof Success)
        .findFirst()
        .orElseThrow();
  }
}
