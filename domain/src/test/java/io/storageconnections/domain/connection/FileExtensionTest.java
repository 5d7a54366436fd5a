package io.storageconnections.domain.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class FileExtensionTest {

  @Test
  void each_extension_occurs_once_in_lower_case_without_a_leading_dot() {
    assertThat(FileExtension.KNOWN).extracting(FileExtension::text).doesNotHaveDuplicates();
    assertThat(FileExtension.KNOWN)
        .allSatisfy(extension ->
            assertThat(extension.text())
                .isEqualTo(extension.text().toLowerCase(Locale.ROOT))
                .doesNotStartWith("."));
  }

  @Test
  void the_default_connector_is_the_first_one_and_is_documented() {
    assertThat(FileExtension.KNOWN)
        .allSatisfy(extension -> {
          assertThat(extension.defaultType()).isEqualTo(extension.connectorTypes().getFirst());
          assertThat(extension.defaultType().isDocumented()).isTrue();
          assertThat(extension.connectorTypes()).doesNotHaveDuplicates();
        });
  }

  @Test
  void the_table_contains_the_extensions_of_the_source() {
    assertThat(of("dgn").connectorTypes())
        .containsExactly(
            ConnectorType.MSTN,
            ConnectorType.CIVIL,
            ConnectorType.OBD,
            ConnectorType.PROSTRUCTURES);
    assertThat(of("dwg").defaultType()).isEqualTo(ConnectorType.DWG);
    assertThat(of("zip").connectorTypes()).containsExactly(ConnectorType.SPPID);
    assertThat(of("land.xml").connectorTypes()).containsExactly(ConnectorType.MSTN);
    assertThat(FileExtension.KNOWN).hasSize(29);
  }

  private static FileExtension of(String text) {
    return FileExtension.KNOWN.stream()
        .filter(extension -> extension.text().equals(text))
        .findFirst()
        .orElseThrow();
  }
}
