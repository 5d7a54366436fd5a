package io.storageconnections.domain.connection;

import static io.storageconnections.domain.connection.ConnectionFixtures.IMODEL;
import static io.storageconnections.domain.connection.ConnectionFixtures.file;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.domain.connection.FileMappings.HeldFile;
import io.storageconnections.domain.connection.FileMappings.Holder;
import io.storageconnections.domain.connection.FileMappings.RepeatedFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FileMappingsTest {

  private static final StorageFileId DRAWING = file("drawing.dgn");
  private static final StorageFileId SITE = file("site.dgn");
  private static final StorageFileId BRIDGE = file("bridge.dgn");
  private static final Holder NAMED = holder(new DisplayName("Site drawings"));
  private static final Holder UNNAMED = holder(null);

  @Test
  void files_that_nobody_maps_do_not_conflict() {
    assertThat(FileMappings.NONE.conflictsWith(List.of(DRAWING, SITE))).isEmpty();
    assertThat(mappings(Map.of(BRIDGE, NAMED)).conflictsWith(List.of(DRAWING, SITE))).isEmpty();
  }

  @Test
  void no_files_do_not_conflict() {
    assertThat(mappings(Map.of(BRIDGE, NAMED)).conflictsWith(List.of())).isEmpty();
  }

  @Test
  void a_file_that_a_connection_maps_conflicts_at_its_place() {
    assertThat(mappings(Map.of(SITE, NAMED)).conflictsWith(List.of(DRAWING, SITE)))
        .containsExactly(new HeldFile(1, SITE, NAMED));
  }

  @Test
  void the_same_item_in_another_itwin_is_another_file() {
    var elsewhere =
        new StorageFileId(ITwinId.parse("c36c0051-0590-4282-be2f-ed3e8520ad01"), DRAWING.file());

    assertThat(mappings(Map.of(DRAWING, NAMED)).conflictsWith(List.of(elsewhere))).isEmpty();
    assertThat(FileMappings.NONE.conflictsWith(List.of(DRAWING, elsewhere))).isEmpty();
  }

  @Test
  void a_file_named_again_conflicts_with_where_it_was_named_first() {
    assertThat(FileMappings.NONE.conflictsWith(List.of(SITE, DRAWING, BRIDGE, DRAWING, DRAWING)))
        .containsExactly(new RepeatedFile(3, DRAWING, 1), new RepeatedFile(4, DRAWING, 1));
  }

  @Test
  void a_file_both_mapped_and_named_again_conflicts_once_at_each_place() {
    assertThat(mappings(Map.of(DRAWING, NAMED)).conflictsWith(List.of(DRAWING, SITE, DRAWING)))
        .containsExactly(new HeldFile(0, DRAWING, NAMED), new RepeatedFile(2, DRAWING, 0));
  }

  @Test
  void conflicts_come_in_the_order_of_the_wanted_files() {
    var mappings = mappings(Map.of(DRAWING, NAMED, BRIDGE, UNNAMED));

    assertThat(mappings.conflictsWith(List.of(BRIDGE, SITE, SITE, DRAWING)))
        .containsExactly(
            new HeldFile(0, BRIDGE, UNNAMED),
            new RepeatedFile(2, SITE, 1),
            new HeldFile(3, DRAWING, NAMED));
    assertThat(mappings.conflictsWith(List.of(DRAWING, BRIDGE)))
        .containsExactly(new HeldFile(0, DRAWING, NAMED), new HeldFile(1, BRIDGE, UNNAMED));
  }

  @Test
  void a_file_changed_onto_itself_conflicts_with_nobody() {
    var mappings = mappings(Map.of(DRAWING, NAMED, SITE, UNNAMED));

    assertThat(mappings.without(NAMED.sourceFile()).conflictsWith(List.of(DRAWING))).isEmpty();
    assertThat(mappings.without(NAMED.sourceFile()).conflictsWith(List.of(SITE)))
        .containsExactly(new HeldFile(0, SITE, UNNAMED));
  }

  @Test
  void mappings_do_not_change_with_the_map_they_were_made_of() {
    var holders = new HashMap<>(Map.of(DRAWING, NAMED));
    var mappings = mappings(holders);

    holders.clear();

    assertThat(mappings.conflictsWith(List.of(DRAWING))).hasSize(1);
  }

  private static FileMappings mappings(Map<StorageFileId, Holder> holders) {
    return new FileMappings(holders);
  }

  private static Holder holder(@Nullable DisplayName displayName) {
    return new Holder(connectionId(), displayName, new SourceFileId(UUID.randomUUID()));
  }

  private static ConnectionId connectionId() {
    return new ConnectionId(IMODEL, UUID.randomUUID());
  }
}
