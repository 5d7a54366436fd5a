package io.storageconnections.application.contract;

import static io.storageconnections.application.contract.OutcomeAssertions.assertSuccess;
import static io.storageconnections.application.contract.StoreUnderTest.holder;
import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.application.outcome.Outcome.success;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.file;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Failure.OfChange;
import io.storageconnections.application.outcome.Failure.Outdated;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.outcome.Removed;
import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.connection.AuthenticationType;
import io.storageconnections.domain.connection.ConnectionChange;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.FileMappings.HeldFile;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.SourceFileChange;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.connection.StorageFileId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store promises of connections: added, found, changed, removed. */
interface StoredConnectionsContract extends StoreUnderTest {

  @Test
  default void what_was_added_is_found_as_it_was() {
    var connection =
        connection()
            .of(iModel())
            .named("30")
            .authenticated(AuthenticationType.SERVICE)
            .created(Instant.parse("2026-02-28T23:59:59.123456Z"))
            .mapping("drawing.dgn", "site.dgn")
            .build();
    assertThat(add(connection)).isEqualTo(ADDED);
    assertStored(connection);
  }

  @Test
  default void a_connection_needs_no_name() {
    var connection = connection().of(iModel()).unnamed().mapping("drawing.dgn").build();
    add(connection);
    assertStored(connection);
  }

  @Test
  default void the_longest_and_strangest_name_is_kept() {
    for (var name : List.of("", " ", "\uD83D\uDEA7".repeat(255), "'; drop table x --\n\u202E")) {
      var connection = connection().of(iModel()).named(name).mapping("drawing.dgn").build();
      add(connection);
      assertStored(connection);
    }
  }

  @Test
  default void files_keep_the_order_of_the_request_however_many() {
    var names = IntStream.range(0, 2500).mapToObj(i -> i + ".dgn").toArray(String[]::new);
    var connection = connection().of(iModel()).mapping(names).build();
    add(connection);
    assertStored(connection);
  }

  @Test
  default void an_unknown_id_finds_nothing() {
    var connection = connection().of(iModel()).mapping("drawing.dgn").build();
    add(connection);
    assertThat(store().find(new ConnectionId(connection.iModel(), UUID.randomUUID()))).isEmpty();
    assertThat(store().find(new ConnectionId(iModel(), connection.id().connection()))).isEmpty();
  }

  @Test
  default void a_file_is_mapped_to_an_imodel_once() {
    var iModel = iModel();
    var holder = connection().of(iModel).named("first").mapping("drawing.dgn").build();
    add(holder);
    var late = connection().of(iModel).mapping("site.dgn", "drawing.dgn").build();
    assertThat(add(late))
        .isEqualTo(
            failed(
                new FilesAlreadyMapped(
                    List.of(new HeldFile(1, file("drawing.dgn"), holder(holder, 0))))));
  }

  @Test
  default void nothing_of_a_refused_connection_is_stored() {
    var iModel = iModel();
    add(connection().of(iModel).mapping("drawing.dgn").build());
    var refused = connection().of(iModel).mapping("site.dgn", "drawing.dgn", "road.dgn").build();
    add(refused);
    assertThat(store().find(refused.id())).isEmpty();
    assertThat(store().mappings(iModel, refused.storageFileIds()).holders())
        .containsOnlyKeys(file("drawing.dgn"));
    assertThat(add(connection().of(iModel).mapping("site.dgn", "road.dgn").build()))
        .isEqualTo(ADDED);
  }

  @Test
  default void every_taken_file_is_told_in_order_with_its_holder() {
    var iModel = iModel();
    var first = connection().of(iModel).named("first").mapping("a.dgn", "b.dgn").build();
    var second = connection().of(iModel).unnamed().mapping("c.dgn").build();
    add(first);
    add(second);
    var late = connection().of(iModel).mapping("c.dgn", "new.dgn", "b.dgn", "a.dgn").build();
    assertThat(add(late))
        .isEqualTo(
            failed(
                new FilesAlreadyMapped(
                    List.of(
                        new HeldFile(0, file("c.dgn"), holder(second, 0)),
                        new HeldFile(2, file("b.dgn"), holder(first, 1)),
                        new HeldFile(3, file("a.dgn"), holder(first, 0))))));
  }

  @Test
  default void the_same_file_may_be_mapped_to_other_imodels() {
    assertThat(add(connection().of(iModel()).mapping("drawing.dgn").build())).isEqualTo(ADDED);
    assertThat(add(connection().of(iModel()).mapping("drawing.dgn").build())).isEqualTo(ADDED);
  }

  @Test
  default void mappings_tell_who_holds_the_files_in_question_and_no_others() {
    var iModel = iModel();
    var connection = connection().of(iModel).named("30").mapping("a.dgn", "b.dgn").build();
    add(connection);
    add(connection().of(iModel()).mapping("c.dgn").build());
    assertThat(store().mappings(iModel, List.of(file("a.dgn"), file("c.dgn"))).holders())
        .containsOnly(Map.entry(file("a.dgn"), holder(connection, 0)));
  }

  @Test
  default void ids_whose_texts_differ_in_case_alone_are_different_ids() {
    var iModel = iModel();
    var connection = connection().of(iModel).mapping("drawing.dgn").build();
    add(connection);
    var otherFile = StorageFileId.parse(inOtherCase(file("drawing.dgn").toString()));
    assertThat(add(connection().of(iModel).mapping(otherFile).build())).isEqualTo(ADDED);
    assertThat(store().mappings(iModel, List.of(otherFile)).holders()).containsOnlyKeys(otherFile);
    var otherId = ConnectionId.parse(inOtherCase(connection.id().toString()));
    assertThat(store().find(otherId)).isEmpty();
  }

  private static String inOtherCase(String text) {
    // All but the last character, which carries fewer bits and so cannot be any.
    return text.chars()
            .limit(text.length() - 1)
            .map(
                c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        + text.substring(text.length() - 1);
  }

  @Test
  default void it_says_that_it_answers() {
    assertThatNoException().isThrownBy(() -> store().check());
  }

  @Test
  default void one_that_is_away_says_so_and_never_that_there_is_nothing() {
    var away = storeThatIsAway();
    assumeTrue(away.isPresent(), "there is nothing it could lose");
    var store = away.orElseThrow();
    var connection = connection().build();
    var id = connection.id();
    var file = connection.sourceFiles().getFirst();
    var fileChange = new SourceFileChange(file.storageFileId(), ConnectorType.DWG);
    var slice = new PageRequest(0, 9);
    var questions =
        List.<ThrowingCallable>of(
            store::check,
            () -> store.add(connection, Limits.NONE),
            () -> store.add(connection, new Limits(1, 1)),
            () -> store.find(id),
            () -> store.list(ConnectionFilter.of(id.iModel()), slice),
            () -> store.update(id, name("new"), Precondition.NONE),
            () -> store.remove(id, Precondition.NONE),
            () -> store.addFiles(id, connection.sourceFiles(), Limits.NONE),
            () -> store.findFile(id, file.id()),
            () -> store.listFiles(id, slice),
            () -> store.updateFile(id, file.id(), fileChange, Precondition.NONE),
            () -> store.removeFile(id, file.id(), Precondition.NONE),
            () -> store.mappings(id.iModel(), connection.storageFileIds()));
    assertThat(questions)
        .allSatisfy(
            question -> assertThatExceptionOfType(StoreException.class).isThrownBy(question));
  }

  // ---- lists -----------------------------------------------------------------------------------

  @Test
  default void connections_are_listed_by_creation_then_id_whatever_the_order_they_came_in() {
    var seed = new Random().nextLong();
    var iModel = iModel();
    var connections = new ArrayList<StorageConnection>();
    for (int i = 0; i < 12; i++) {
      var created = Instant.parse("2026-01-02T03:04:05Z").plus(i / 4, ChronoUnit.MICROS);
      connections.add(connection().of(iModel).created(created).build().connection());
    }
    Collections.shuffle(connections, new Random(seed));
    for (var connection : connections) {
      add(new NewConnection(connection, connection().sourceFiles()));
    }
    add(connection().of(iModel()).build());
    connections.sort(StorageConnection.OLDEST_FIRST);
    assertThat(list(ConnectionFilter.of(iModel), 0, 100))
        .as("seed %d", seed)
        .isEqualTo(new Page<>(connections, 0, false));
  }

  @Test
  default void of_one_moment_the_ids_decide_by_their_bytes() {
    // As signed numbers, which is how Java compares them, they would come the other way round.
    var low = new UUID(Long.MAX_VALUE, UUID.randomUUID().getLeastSignificantBits());
    var high = new UUID(Long.MIN_VALUE, UUID.randomUUID().getLeastSignificantBits());
    var iModel = iModel();
    var template = connection().of(iModel).build().connection();
    for (var id : List.of(high, low)) {
      var connection =
          new StorageConnection(
              new ConnectionId(iModel, id),
              template.iTwin(),
              template.displayName(),
              template.authenticationType(),
              template.created());
      add(new NewConnection(connection, connection().sourceFiles()));
    }
    assertThat(list(ConnectionFilter.of(iModel), 0, 100).items())
        .extracting(connection -> connection.id().connection())
        .containsExactly(low, high);
  }

  @Test
  default void a_list_can_be_walked_in_pages_of_any_size() {
    var iModel = iModel();
    var added =
        IntStream.range(0, 7)
            .mapToObj(i -> added(iModel, Instant.EPOCH.plusSeconds(i)).connection())
            .toList();
    var all = ConnectionFilter.of(iModel);
    assertThat(list(all, 0, 7)).isEqualTo(new Page<>(added, 0, false));
    assertThat(list(all, 0, 6)).isEqualTo(new Page<>(added.subList(0, 6), 0, true));
    assertThat(list(all, 0, 1)).isEqualTo(new Page<>(added.subList(0, 1), 0, true));
    assertThat(list(all, 1, 1)).isEqualTo(new Page<>(added.subList(1, 2), 1, true));
    assertThat(list(all, 3, 3)).isEqualTo(new Page<>(added.subList(3, 6), 3, true));
    assertThat(list(all, 4, 3)).isEqualTo(new Page<>(added.subList(4, 7), 4, false));
    assertThat(list(all, 6, 1000)).isEqualTo(new Page<>(added.subList(6, 7), 6, false));
    assertThat(list(all, 7, 1)).isEqualTo(new Page<>(List.of(), 7, false));
    assertThat(list(all, 8, 1)).isEqualTo(new Page<>(List.of(), 7, false));
    assertThat(list(all, Long.MAX_VALUE, 1000)).isEqualTo(new Page<>(List.of(), 7, false));
    assertThat(list(ConnectionFilter.of(iModel()), 5, 10))
        .isEqualTo(new Page<>(List.of(), 0, false));
  }

  @Test
  default void who_has_a_file_is_one_connection_or_none() {
    var iModel = iModel();
    var holder = connection().of(iModel).mapping("a.dgn", "b.dgn").build();
    add(holder);
    add(connection().of(iModel).mapping("c.dgn").build());
    add(connection().of(iModel()).mapping("d.dgn").build());
    assertThat(list(filter(iModel, file("b.dgn"), null, null), 0, 100).items())
        .containsExactly(holder.connection());
    assertThat(list(filter(iModel, file("d.dgn"), null, null), 0, 100).items()).isEmpty();
    assertThat(list(filter(iModel, file("b.dgn"), null, null), 1, 100))
        .isEqualTo(new Page<>(List.of(), 1, false));
  }

  @Test
  default void a_filter_is_exact_and_its_parts_go_together() {
    var iModel = iModel();
    var one = connection().of(iModel).named("Site").readBy(ConnectorType.MSTN).mapping("a.dgn");
    var two = connection().of(iModel).named("Site").readBy(ConnectorType.IFC).mapping("b.ifc");
    var three = connection().of(iModel).named("site").readBy(ConnectorType.IFC).mapping("c.ifc");
    var four =
        connection().of(iModel).unnamed().readBy(ConnectorType.IFC).mapping("d.ifc", "e.ifc");
    var added = new ArrayList<StorageConnection>();
    for (var next : List.of(one, two, three, four)) {
      var connection = next.created(Instant.EPOCH.plusSeconds(added.size())).build();
      add(connection);
      added.add(connection.connection());
    }
    var site = new DisplayName("Site");
    assertThat(list(filter(iModel, null, null, site), 0, 9).items())
        .containsExactly(added.get(0), added.get(1));
    assertThat(list(filter(iModel, null, ConnectorType.IFC, null), 0, 9).items())
        .containsExactly(added.get(1), added.get(2), added.get(3));
    assertThat(list(filter(iModel, null, ConnectorType.IFC, null), 1, 1))
        .isEqualTo(new Page<>(added.subList(2, 3), 1, true));
    assertThat(list(filter(iModel, null, ConnectorType.IFC, site), 0, 9).items())
        .containsExactly(added.get(1));
    assertThat(list(filter(iModel, file("a.dgn"), ConnectorType.IFC, null), 0, 9).items())
        .isEmpty();
    assertThat(list(filter(iModel, null, ConnectorType.DWG, null), 0, 9).items()).isEmpty();
    assertThat(list(filter(iModel, null, null, new DisplayName("")), 0, 9).items()).isEmpty();
  }

  private Page<StorageConnection> list(ConnectionFilter filter, long skip, int top) {
    return store().list(filter, new PageRequest(skip, top));
  }

  private static ConnectionFilter filter(
      IModelId iModel,
      @Nullable StorageFileId file,
      @Nullable ConnectorType connectorType,
      @Nullable DisplayName displayName) {
    return new ConnectionFilter(iModel, file, connectorType, displayName);
  }

  // ---- changes ---------------------------------------------------------------------------------

  @Test
  default void a_change_touches_what_it_names_and_counts_as_one_revision() {
    var connection = added(iModel()).connection();
    var renamed = assertSuccess(store().update(connection.id(), name("new"), Precondition.NONE));
    assertThat(renamed.displayName()).isEqualTo(new DisplayName("new"));
    assertThat(renamed.authenticationType()).isEqualTo(connection.authenticationType());
    assertThat(renamed.revision()).isEqualTo(2);
    var service = new ConnectionChange(null, AuthenticationType.SERVICE);
    var both = assertSuccess(store().update(connection.id(), service, Precondition.revision(2)));
    assertThat(both)
        .isEqualTo(
            new StorageConnection(
                connection.id(),
                connection.iTwin(),
                new DisplayName("new"),
                AuthenticationType.SERVICE,
                connection.created(),
                3));
    assertThat(store().find(connection.id())).contains(both);
  }

  @Test
  default void a_change_of_nothing_is_no_revision() {
    var connection = added(iModel()).connection();
    for (var change :
        List.of(
            new ConnectionChange(null, null),
            new ConnectionChange(connection.displayName(), connection.authenticationType()))) {
      assertThat(store().update(connection.id(), change, Precondition.NONE))
          .isEqualTo(success(connection));
    }
    assertThat(store().find(connection.id())).contains(connection);
  }

  @Test
  default void a_change_of_another_revision_is_refused_and_touches_nothing() {
    var connection = added(iModel()).connection();
    var id = connection.id();
    for (var unmet :
        List.of(
            Precondition.revision(2),
            Precondition.notIn(Set.of(1L)),
            Precondition.in(Set.of()),
            Precondition.in(Set.of(0L, 2L, 3L)))) {
      assertThat(store().update(id, name("new"), unmet)).isEqualTo(failed(new Outdated(1)));
      assertThat(store().remove(id, unmet)).isEqualTo(failed(new Outdated(1)));
    }
    assertThat(store().find(id)).contains(connection);
    assertThat(store().remove(id, Precondition.in(Set.of(1L, 7L))))
        .isEqualTo(success(new Removed()));
  }

  @Test
  default void what_is_not_there_cannot_be_changed_or_removed() {
    var unknown = connection().of(iModel()).build().id();
    assertThat(store().update(unknown, name("new"), Precondition.NONE))
        .isEqualTo(failed(new ConnectionNotFound(unknown)));
    assertThat(store().update(unknown, name("new"), Precondition.revision(1)))
        .isEqualTo(failed(new ConnectionNotFound(unknown)));
    assertThat(store().remove(unknown, Precondition.NONE))
        .isEqualTo(failed(new ConnectionNotFound(unknown)));
    assertThat(store().find(unknown)).isEmpty();
  }

  @Test
  default void a_removed_connection_is_gone_and_its_files_are_free_at_once() {
    var iModel = iModel();
    var connection = connection().of(iModel).mapping("a.dgn", "b.dgn").build();
    add(connection);
    assertThat(store().remove(connection.id(), Precondition.NONE))
        .isEqualTo(success(new Removed()));
    assertThat(store().find(connection.id())).isEmpty();
    assertThat(store().list(ConnectionFilter.of(iModel), new PageRequest(0, 9)).items()).isEmpty();
    assertThat(store().listFiles(connection.id(), new PageRequest(0, 9)))
        .isEqualTo(failed(new ConnectionNotFound(connection.id())));
    assertThat(store().findFile(connection.id(), connection.sourceFiles().getFirst().id()))
        .isEqualTo(failed(new ConnectionNotFound(connection.id())));
    assertThat(store().mappings(iModel, connection.storageFileIds()).holders()).isEmpty();
    assertThat(store().remove(connection.id(), Precondition.NONE))
        .isEqualTo(failed(new ConnectionNotFound(connection.id())));
    assertThat(add(connection().of(iModel).mapping("b.dgn", "a.dgn").build())).isEqualTo(ADDED);
  }

  @Test
  default void of_many_changes_of_one_revision_one_takes_effect() throws InterruptedException {
    var id = added(iModel()).id();
    var updates =
        Race.among(
            IntStream.range(0, 16)
                .mapToObj(i ->
                    (Callable<Outcome<StorageConnection, OfChange>>)
                        () -> store().update(id, name("" + i), Precondition.revision(1)))
                .toList());
    Outcome<StorageConnection, OfChange> outdated = failed(new Outdated(2));
    assertThat(updates).filteredOn(Success.class::isInstance).hasSize(1);
    assertThat(updates).filteredOn(outdated::equals).hasSize(15);
  }

  @Test
  default void many_changes_of_whatever_revision_all_take_effect() throws InterruptedException {
    var id = added(iModel()).id();
    Race.among(
        IntStream.range(0, 16)
            .mapToObj(i ->
                (Callable<Outcome<StorageConnection, OfChange>>)
                    () -> store().update(id, name("" + i), Precondition.NONE))
            .toList());
    assertThat(store().find(id).orElseThrow().revision()).isEqualTo(17);
  }

  @Test
  default void of_many_removals_one_removes() throws InterruptedException {
    var id = added(iModel()).id();
    var removals =
        Race.among(
            Collections.nCopies(
                16,
                (Callable<Outcome<Removed, OfChange>>)
                    () -> store().remove(id, Precondition.NONE)));
    Outcome<Removed, OfChange> notFound = failed(new ConnectionNotFound(id));
    assertThat(removals).filteredOn(Success.class::isInstance).hasSize(1);
    assertThat(removals).filteredOn(notFound::equals).hasSize(15);
  }

  private static ConnectionChange name(String name) {
    return new ConnectionChange(new DisplayName(name), null);
  }
}
