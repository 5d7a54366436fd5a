package io.storageconnections.application.contract;

import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.file;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.port.out.StorageConnectionStore;
import io.storageconnections.application.port.out.StorageConnectionStore.Addition;
import io.storageconnections.application.port.out.StorageConnectionStore.Addition.Added;
import io.storageconnections.application.port.out.StorageConnectionStore.Addition.FilesTaken;
import io.storageconnections.domain.connection.AuthenticationType;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.FileMappings;
import io.storageconnections.domain.connection.FileMappings.HeldFile;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.connection.StorageFileId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every store promises. Implementations supply {@link #store()}; tests take an iModel of their
 * own each, so that a store may be shared between them.
 */
public interface StorageConnectionStoreContract {

  /** The store under test, the same one at each call within a test. */
  StorageConnectionStore store();

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
    assertThat(store().add(connection)).isEqualTo(new Added());
    assertThat(store().find(connection.id())).contains(connection);
  }

  @Test
  default void a_connection_needs_no_name() {
    var connection = connection().of(iModel()).unnamed().mapping("drawing.dgn").build();
    store().add(connection);
    assertThat(store().find(connection.id())).contains(connection);
  }

  @Test
  default void the_longest_and_strangest_name_is_kept() {
    for (var name : List.of("", " ", "\uD83D\uDEA7".repeat(255), "'; drop table x --\n\u202E")) {
      var connection = connection().of(iModel()).named(name).mapping("drawing.dgn").build();
      store().add(connection);
      assertThat(store().find(connection.id())).contains(connection);
    }
  }

  @Test
  default void files_keep_the_order_of_the_request_however_many() {
    var names = IntStream.range(0, 2500).mapToObj(i -> i + ".dgn").toArray(String[]::new);
    var connection = connection().of(iModel()).mapping(names).build();
    store().add(connection);
    assertThat(store().find(connection.id())).contains(connection);
  }

  @Test
  default void an_unknown_id_finds_nothing() {
    var connection = connection().of(iModel()).mapping("drawing.dgn").build();
    store().add(connection);
    assertThat(store().find(new ConnectionId(connection.iModel(), UUID.randomUUID()))).isEmpty();
    assertThat(store().find(new ConnectionId(iModel(), connection.id().connection()))).isEmpty();
  }

  @Test
  default void a_file_is_mapped_to_an_imodel_once() {
    var iModel = iModel();
    var holder = connection().of(iModel).named("first").mapping("drawing.dgn").build();
    store().add(holder);
    var late = connection().of(iModel).mapping("site.dgn", "drawing.dgn").build();
    assertThat(store().add(late))
        .isEqualTo(
            new FilesTaken(
                List.of(
                    new HeldFile(
                        1,
                        file("drawing.dgn"),
                        new FileMappings.Holder(holder.id(), holder.displayName())))));
  }

  @Test
  default void nothing_of_a_refused_connection_is_stored() {
    var iModel = iModel();
    store().add(connection().of(iModel).mapping("drawing.dgn").build());
    var refused = connection().of(iModel).mapping("site.dgn", "drawing.dgn", "road.dgn").build();
    store().add(refused);
    assertThat(store().find(refused.id())).isEmpty();
    assertThat(store().mappings(iModel, refused.storageFileIds()).holders())
        .containsOnlyKeys(file("drawing.dgn"));
    assertThat(store().add(connection().of(iModel).mapping("site.dgn", "road.dgn").build()))
        .isEqualTo(new Added());
  }

  @Test
  default void every_taken_file_is_told_in_order_with_its_holder() {
    var iModel = iModel();
    var first = connection().of(iModel).named("first").mapping("a.dgn", "b.dgn").build();
    var second = connection().of(iModel).unnamed().mapping("c.dgn").build();
    store().add(first);
    store().add(second);
    var late = connection().of(iModel).mapping("c.dgn", "new.dgn", "b.dgn", "a.dgn").build();
    var heldByFirst = new FileMappings.Holder(first.id(), first.displayName());
    var heldBySecond = new FileMappings.Holder(second.id(), null);
    assertThat(store().add(late))
        .isEqualTo(
            new FilesTaken(
                List.of(
                    new HeldFile(0, file("c.dgn"), heldBySecond),
                    new HeldFile(2, file("b.dgn"), heldByFirst),
                    new HeldFile(3, file("a.dgn"), heldByFirst))));
  }

  @Test
  default void the_same_file_may_be_mapped_to_other_imodels() {
    assertThat(store().add(connection().of(iModel()).mapping("drawing.dgn").build()))
        .isEqualTo(new Added());
    assertThat(store().add(connection().of(iModel()).mapping("drawing.dgn").build()))
        .isEqualTo(new Added());
  }

  @Test
  default void mappings_tell_who_holds_the_files_in_question_and_no_others() {
    var iModel = iModel();
    var connection = connection().of(iModel).named("30").mapping("a.dgn", "b.dgn").build();
    store().add(connection);
    store().add(connection().of(iModel()).mapping("c.dgn").build());
    assertThat(store().mappings(iModel, List.of(file("a.dgn"), file("c.dgn"))).holders())
        .containsOnly(
            Map.entry(
                file("a.dgn"), new FileMappings.Holder(connection.id(), connection.displayName())));
  }

  @Test
  default void it_says_that_it_answers() {
    store().check();
  }

  @Test
  default void of_many_that_want_the_same_files_one_wins_and_the_others_hear_who()
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
    assertThat(additions.stream().filter(Added.class::isInstance)).hasSize(1);
    var winner = rivals.get(additions.indexOf(new Added()));
    var holder = new FileMappings.Holder(winner.id(), winner.displayName());
    for (int i = 0; i < rivals.size(); i++) {
      if (additions.get(i) instanceof FilesTaken taken) {
        var wanted = rivals.get(i).storageFileIds();
        assertThat(taken.conflicts())
            .containsExactly(
                new HeldFile(0, wanted.get(0), holder), new HeldFile(1, wanted.get(1), holder));
      }
    }
  }

  @Test
  default void of_many_that_want_overlapping_files_each_gets_all_or_nothing()
      throws InterruptedException {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    var iModel = iModel();
    var names = new ArrayList<>(IntStream.range(0, 20).mapToObj(i -> i + ".dgn").toList());
    var rivals = new ArrayList<StorageConnection>();
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
      var won = additions.get(i) instanceof Added;
      assertThat(held)
          .as("seed %d, rival %d: %s", seed, i, additions.get(i))
          .isEqualTo(won ? rival.storageFileIds() : List.of());
      assertThat(store().find(rival.id()).isPresent()).as("seed %d", seed).isEqualTo(won);
    }
    assertThat(additions).as("seed %d", seed).contains(new Added());
  }

  private static @Nullable ConnectionId holderOf(
      StorageFileId file, Map<StorageFileId, FileMappings.Holder> holders) {
    var holder = holders.get(file);
    return holder == null ? null : holder.connection();
  }

  private Callable<Addition> addition(StorageConnection connection) {
    return () -> store().add(connection);
  }
}
