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
  void unmapped_files_do_not_conflict() {
    assertThat(FileMappings.NONE.conflictsWith(List.of(DRAWING, SITE))).isEmpty();
    assertThat(mappings(Map.of(BRIDGE, NAMED)).conflictsWith(List.of(DRAWING, SITE))).isEmpty();
  }

  @Test
  void an_empty_request_does_not_conflict() {
    assertThat(mappings(Map.of(BRIDGE, NAMED)).conflictsWith(List.of())).isEmpty();
  }

  @Test
  void a_mapped_file_conflicts_at_its_index() {
    assertThat(mappings(Map.of(SITE, NAMED)).conflictsWith(List.of(DRAWING, SITE)))
        .containsExactly(new HeldFile(1, SITE, NAMED));
  }

  @Test
  void the_same_guid_in_another_itwin_is_another_file() {
    var inAnotherITwin =
        new StorageFileId(ITwinId.parse("c36c0051-0590-4282-be2f-ed3e8520ad01"), DRAWING.file());

    assertThat(mappings(Map.of(DRAWING, NAMED)).conflictsWith(List.of(inAnotherITwin))).isEmpty();
    assertThat(FileMappings.NONE.conflictsWith(List.of(DRAWING, inAnotherITwin))).isEmpty();
  }

  @Test
  void a_repeated_file_conflicts_with_its_first_index() {
    assertThat(FileMappings.NONE.conflictsWith(List.of(SITE, DRAWING, BRIDGE, DRAWING, DRAWING)))
        .containsExactly(new RepeatedFile(3, DRAWING, 1), new RepeatedFile(4, DRAWING, 1));
  }

  @Test
  void a_file_that_is_mapped_and_repeated_conflicts_once_per_index() {
    assertThat(mappings(Map.of(DRAWING, NAMED)).conflictsWith(List.of(DRAWING, SITE, DRAWING)))
        .containsExactly(new HeldFile(0, DRAWING, NAMED), new RepeatedFile(2, DRAWING, 0));
  }

  @Test
  void conflicts_are_ordered_by_the_index_of_the_file() {
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
  void a_source_file_that_keeps_its_file_does_not_conflict_with_itself() {
    var mappings = mappings(Map.of(DRAWING, NAMED, SITE, UNNAMED));

    assertThat(mappings.without(NAMED.sourceFile()).conflictsWith(List.of(DRAWING))).isEmpty();
    assertThat(mappings.without(NAMED.sourceFile()).conflictsWith(List.of(SITE)))
        .containsExactly(new HeldFile(0, SITE, UNNAMED));
  }

  @Test
  void mappings_copy_their_map() {
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
