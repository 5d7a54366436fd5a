package io.storageconnections.domain.connection;

import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.file;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageConnectionTest {

  @Test
  void a_connection_maps_a_file_once() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connection().mapping("drawing.dgn", "site.dgn", "drawing.dgn").build())
        .withMessageContaining(file("drawing.dgn").toString());
  }

  @Test
  void a_connection_keeps_its_files_in_order() {
    assertThat(connection().mapping("c.dgn", "a.dgn", "b.dgn").build().storageFileIds())
        .containsExactly(file("c.dgn"), file("a.dgn"), file("b.dgn"));
  }

  @Test
  void a_connection_is_of_the_imodel_its_id_names() {
    var iModel = iModel();

    assertThat(connection().of(iModel).build().iModel()).isEqualTo(iModel);
  }

  @Test
  void a_connection_does_not_change_with_the_list_it_was_made_of() {
    var template = connection().mapping("drawing.dgn").build();
    var sourceFiles = new ArrayList<>(template.sourceFiles());
    var connection =
        new StorageConnection(
            template.id(),
            template.iTwin(),
            template.displayName(),
            template.authenticationType(),
            sourceFiles,
            template.created());

    sourceFiles.clear();

    assertThat(connection).isEqualTo(template);
    assertThat(connection.sourceFiles()).isUnmodifiable();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:04:05.123456789Z, 2026-01-02T03:04:05.123456Z",
    "2026-01-02T03:04:05.999999999Z, 2026-01-02T03:04:05.999999Z",
    "2026-01-02T03:04:05.123456Z, 2026-01-02T03:04:05.123456Z",
    "2026-01-02T03:04:05Z, 2026-01-02T03:04:05Z"
  })
  void a_connection_was_created_at_a_whole_microsecond(Instant instant, Instant created) {
    assertThat(connection().created(instant).build().created()).isEqualTo(created);
  }
}
