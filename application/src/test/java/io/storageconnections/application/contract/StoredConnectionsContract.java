package io.storageconnections.application.contract;

import static io.storageconnections.application.contract.OutcomeAssertions.assertSuccess;
import static io.storageconnections.application.contract.StoreUnderTest.holder;
import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.application.outcome.Outcome.success;
import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
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
import io.storageconnections.application.outcome.Failure.OfDeletion;
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

/**
 * The first part of the contract of every store: adding, finding, listing, updating and removing
 * connections. Its tests also read source files and mappings, with {@code findFile}, {@code
 * listFiles} and {@code mappings}.
 */
public interface StoredConnectionsContract extends StoreUnderTest {

  @Test
  default void an_added_connection_is_found_unchanged() {
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
  default void a_connection_without_a_name_is_found_without_a_name() {
    var connection = connection().of(iModel()).unnamed().mapping("drawing.dgn").build();
    add(connection);
    assertStored(connection);
  }

  @Test
  default void any_valid_name_is_stored_unchanged() {
    for (var name : List.of("", " ", "\uD83D\uDEA7".repeat(255), "'; drop table x --\n\u202E")) {
      var connection = connection().of(iModel()).named(name).mapping("drawing.dgn").build();
      add(connection);
      assertStored(connection);
    }
  }

  @Test
  default void thousands_of_files_keep_the_order_of_the_request() {
    var names = IntStream.range(0, 2500).mapToObj(i -> i + ".dgn").toArray(String[]::new);
    var connection = connection().of(iModel()).mapping(names).build();
    add(connection);
    assertStored(connection);
  }

  @Test
  default void find_returns_empty_for_an_unknown_id() {
    var connection = connection().of(iModel()).mapping("drawing.dgn").build();
    add(connection);
    assertThat(store().find(new ConnectionId(connection.iModel(), UUID.randomUUID()))).isEmpty();
    assertThat(store().find(new ConnectionId(iModel(), connection.id().connection()))).isEmpty();
  }

  @Test
  default void adding_a_connection_fails_if_the_imodel_already_maps_one_of_its_files() {
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
  default void a_failed_addition_stores_nothing() {
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
  default void every_conflict_is_reported_with_its_holder_in_the_order_of_the_request() {
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
  default void a_file_can_be_mapped_to_several_imodels() {
    assertThat(add(connection().of(iModel()).mapping("drawing.dgn").build())).isEqualTo(ADDED);
    assertThat(add(connection().of(iModel()).mapping("drawing.dgn").build())).isEqualTo(ADDED);
  }

  @Test
  default void mappings_contain_the_holders_of_the_requested_files_only() {
    var iModel = iModel();
    var connection = connection().of(iModel).named("30").mapping("a.dgn", "b.dgn").build();
    add(connection);
    add(connection().of(iModel()).mapping("c.dgn").build());
    assertThat(store().mappings(iModel, List.of(file("a.dgn"), file("c.dgn"))).holders())
        .containsOnly(Map.entry(file("a.dgn"), holder(connection, 0)));
  }

  @Test
  default void ids_that_differ_only_in_case_are_different() {
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
    // The last character carries fewer bits, so not every character is valid there.
    return text.chars()
            .limit(text.length() - 1)
            .map(
                c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        + text.substring(text.length() - 1);
  }

  @Test
  default void check_returns_if_the_store_is_available() {
    assertThatNoException().isThrownBy(() -> store().check());
  }

  @Test
  default void every_method_of_an_unavailable_store_throws_a_store_exception() {
    var unavailable = unavailableStore();
    assumeTrue(unavailable.isPresent(), "this kind of store is always available");
    var store = unavailable.orElseThrow();
    var connection = connection().build();
    var id = connection.id();
    var otherId = connection().build().id();
    var file = connection.sourceFiles().getFirst();
    var fileChange = new SourceFileChange(file.storageFileId(), ConnectorType.DWG);
    var pageRequest = new PageRequest(0, 9);
    var calls =
        List.<ThrowingCallable>of(
            store::check,
            () -> store.add(CAUSE, connection, Limits.NONE),
            () -> store.add(CAUSE, connection, new Limits(1, 1)),
            () -> store.find(id),
            () -> store.list(ConnectionFilter.of(id.iModel()), pageRequest),
            () -> store.update(CAUSE, id, name("new"), Precondition.NONE),
            () -> store.remove(CAUSE, id, Precondition.NONE),
            () -> store.addFiles(CAUSE, id, connection.sourceFiles(), Limits.NONE),
            () -> store.findFile(id, file.id()),
            () -> store.listFiles(id, pageRequest),
            () -> store.updateFile(CAUSE, id, file.id(), fileChange, Precondition.NONE),
            () -> store.moveFile(CAUSE, id, file.id(), otherId, Precondition.NONE),
            () -> store.removeFile(CAUSE, id, file.id(), Precondition.NONE),
            () -> store.mappings(id.iModel(), connection.storageFileIds()));
    assertThat(calls)
        .allSatisfy(call -> assertThatExceptionOfType(StoreException.class).isThrownBy(call));
  }

  // ---- lists -----------------------------------------------------------------------------------

  @Test
  default void connections_are_listed_by_creation_time_then_id() {
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
  default void ids_are_ordered_as_unsigned_bytes() {
    // UUID.compareTo compares signed numbers and would reverse this order.
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
  default void pages_of_any_size_cover_the_list_of_connections() {
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
  default void the_file_filter_selects_the_connection_that_maps_the_file() {
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
  default void a_filter_matches_exactly_and_all_its_conditions_must_hold() {
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
  default void an_update_changes_only_the_given_values_and_increments_the_revision() {
    var connection = added(iModel()).connection();
    var renamed =
        assertSuccess(store().update(CAUSE, connection.id(), name("new"), Precondition.NONE));
    assertThat(renamed.displayName()).isEqualTo(new DisplayName("new"));
    assertThat(renamed.authenticationType()).isEqualTo(connection.authenticationType());
    assertThat(renamed.revision()).isEqualTo(2);
    var service = new ConnectionChange(null, AuthenticationType.SERVICE);
    var both =
        assertSuccess(store().update(CAUSE, connection.id(), service, Precondition.revision(2)));
    assertThat(both)
        .isEqualTo(
            new StorageConnection(
                connection.id(),
                connection.iTwin(),
                new DisplayName("new"),
                AuthenticationType.SERVICE,
                connection.created(),
                3,
                null));
    assertThat(store().find(connection.id())).contains(both);
  }

  @Test
  default void an_update_without_effect_keeps_the_revision() {
    var connection = added(iModel()).connection();
    for (var change :
        List.of(
            new ConnectionChange(null, null),
            new ConnectionChange(connection.displayName(), connection.authenticationType()))) {
      assertThat(store().update(CAUSE, connection.id(), change, Precondition.NONE))
          .isEqualTo(success(connection));
    }
    assertThat(store().find(connection.id())).contains(connection);
  }

  @Test
  default void an_unmet_precondition_fails_with_outdated_and_changes_nothing() {
    var connection = added(iModel()).connection();
    var id = connection.id();
    for (var unmet :
        List.of(
            Precondition.revision(2),
            Precondition.notIn(Set.of(1L)),
            Precondition.in(Set.of()),
            Precondition.in(Set.of(0L, 2L, 3L)))) {
      assertThat(store().update(CAUSE, id, name("new"), unmet)).isEqualTo(failed(new Outdated(1)));
      assertThat(store().remove(CAUSE, id, unmet)).isEqualTo(failed(new Outdated(1)));
    }
    assertThat(store().find(id)).contains(connection);
    assertThat(store().remove(CAUSE, id, Precondition.in(Set.of(1L, 7L))))
        .isEqualTo(success(new Removed()));
  }

  @Test
  default void updating_or_removing_an_unknown_connection_fails_with_connection_not_found() {
    var unknown = connection().of(iModel()).build().id();
    assertThat(store().update(CAUSE, unknown, name("new"), Precondition.NONE))
        .isEqualTo(failed(new ConnectionNotFound(unknown)));
    assertThat(store().update(CAUSE, unknown, name("new"), Precondition.revision(1)))
        .isEqualTo(failed(new ConnectionNotFound(unknown)));
    assertThat(store().remove(CAUSE, unknown, Precondition.NONE))
        .isEqualTo(failed(new ConnectionNotFound(unknown)));
    assertThat(store().find(unknown)).isEmpty();
  }

  @Test
  default void the_files_of_a_removed_connection_can_be_mapped_again_at_once() {
    var iModel = iModel();
    var connection = connection().of(iModel).mapping("a.dgn", "b.dgn").build();
    add(connection);
    assertThat(store().remove(CAUSE, connection.id(), Precondition.NONE))
        .isEqualTo(success(new Removed()));
    assertThat(store().find(connection.id())).isEmpty();
    assertThat(store().list(ConnectionFilter.of(iModel), new PageRequest(0, 9)).items()).isEmpty();
    assertThat(store().listFiles(connection.id(), new PageRequest(0, 9)))
        .isEqualTo(failed(new ConnectionNotFound(connection.id())));
    assertThat(store().findFile(connection.id(), connection.sourceFiles().getFirst().id()))
        .isEqualTo(failed(new ConnectionNotFound(connection.id())));
    assertThat(store().mappings(iModel, connection.storageFileIds()).holders()).isEmpty();
    assertThat(store().remove(CAUSE, connection.id(), Precondition.NONE))
        .isEqualTo(failed(new ConnectionNotFound(connection.id())));
    assertThat(add(connection().of(iModel).mapping("b.dgn", "a.dgn").build())).isEqualTo(ADDED);
  }

  @Test
  default void of_concurrent_updates_of_one_revision_exactly_one_succeeds()
      throws InterruptedException {
    var id = added(iModel()).id();
    var updates =
        Race.among(
            IntStream.range(0, 16)
                .mapToObj(i ->
                    (Callable<Outcome<StorageConnection, OfChange>>)
                        () -> store().update(CAUSE, id, name("" + i), Precondition.revision(1)))
                .toList());
    Outcome<StorageConnection, OfChange> outdated = failed(new Outdated(2));
    assertThat(updates).filteredOn(Success.class::isInstance).hasSize(1);
    assertThat(updates).filteredOn(outdated::equals).hasSize(15);
  }

  @Test
  default void all_concurrent_updates_without_a_precondition_take_effect()
      throws InterruptedException {
    var id = added(iModel()).id();
    Race.among(
        IntStream.range(0, 16)
            .mapToObj(i ->
                (Callable<Outcome<StorageConnection, OfChange>>)
                    () -> store().update(CAUSE, id, name("" + i), Precondition.NONE))
            .toList());
    assertThat(store().find(id).orElseThrow().revision()).isEqualTo(17);
  }

  @Test
  default void of_concurrent_removals_exactly_one_succeeds() throws InterruptedException {
    var id = added(iModel()).id();
    var removals =
        Race.among(
            Collections.nCopies(
                16,
                (Callable<Outcome<Removed, OfDeletion>>)
                    () -> store().remove(CAUSE, id, Precondition.NONE)));
    Outcome<Removed, OfDeletion> notFound = failed(new ConnectionNotFound(id));
    assertThat(removals).filteredOn(Success.class::isInstance).hasSize(1);
    assertThat(removals).filteredOn(notFound::equals).hasSize(15);
  }

  private static ConnectionChange name(String name) {
    return new ConnectionChange(new DisplayName(name), null);
  }
}
