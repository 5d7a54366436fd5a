package io.storageconnections.domain.connection;

import static io.storageconnections.domain.connection.ConnectionFixtures.IMODEL;
import static io.storageconnections.domain.connection.ConnectionFixtures.ITWIN;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.file;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConnectionFixturesTest {

  @Test
  void the_built_connection_has_the_given_values() {
    var iModel = iModel();
    var created = Instant.parse("2026-11-23T10:11:12.131415Z");

    var connection =
        connection()
            .of(iModel)
            .named("Bridge")
            .mapping("b.dgn", "a.dgn")
            .readBy(ConnectorType.DWG)
            .authenticated(AuthenticationType.SERVICE)
            .created(created)
            .build();

    assertThat(connection.iModel()).isEqualTo(iModel).isNotEqualTo(IMODEL);
    assertThat(connection.connection().iTwin()).isEqualTo(ITWIN);
    assertThat(connection.connection().displayName()).hasToString("Bridge");
    assertThat(connection.storageFileIds()).containsExactly(file("b.dgn"), file("a.dgn"));
    assertThat(connection.sourceFiles())
        .extracting(SourceFile::connectorType)
        .containsOnly(ConnectorType.DWG);
    assertThat(connection.connection().authenticationType()).isEqualTo(AuthenticationType.SERVICE);
    assertThat(connection.connection().created()).isEqualTo(created);
  }

  @Test
  void source_file_ids_ascend_in_the_order_of_the_files() {
    var sourceFiles = connection().mapping("d", "c", "b", "a", "e", "h", "g", "f").build();

    assertThat(sourceFiles.sourceFiles()).extracting(SourceFile::id).isSorted();
    assertThat(sourceFiles.storageFileIds()).hasSize(8);
  }

  @Test
  void every_connection_has_a_new_id_of_version_4() {
    var one = connection().build();
    var other = connection().build();

    assertThat(one.id()).isNotEqualTo(other.id());
    assertThat(one.id().connection()).extracting(UUID::version).isEqualTo(4);
    assertThat(one.sourceFiles().getFirst().id().value()).extracting(UUID::version).isEqualTo(4);
  }

  @Test
  void connections_share_a_file_only_if_the_test_names_it() {
    assertThat(connection().build().storageFileIds())
        .isNotEqualTo(connection().build().storageFileIds());
    assertThat(connection().mapping("a.dgn").build().storageFileIds())
        .isEqualTo(connection().mapping(file("a.dgn")).build().storageFileIds());
  }
}
