package io.storageconnections.application.connectortype;

import static io.storageconnections.application.TestDependencies.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.connectortype.ListConnectorTypes.Listed;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.FileExtension;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ListConnectorTypesTest {

  @Test
  void every_connector_type_and_every_known_file_extension_is_listed() {
    assertThat(ListConnectorTypes.ALL.list(CALLER))
        .isEqualTo(new Listed(List.of(ConnectorType.values()), FileExtension.KNOWN));
  }
}
