package io.storageconnections.domain.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorTypeTest {

  @Test
  void the_constants_are_the_17_names_of_the_documented_error_message_in_its_order() {
    assertThat(ConnectorType.values())
        .extracting(ConnectorType::toString)
        .containsExactly(
            "AUTOPLANT",
            "CIVIL",
            "CIVIL3D",
            "DACQJSON",
            "DWG",
            "GEOSPATIAL",
            "IFC",
            "INTELLIPID",
            "MSTN",
            "NWD",
            "OBD",
            "OPENTOWER",
            "PROSTRUCTURES",
            "PSEXCEL",
            "REVIT",
            "SPPID",
            "SPXREVIEW");
  }

  @Test
  void three_connectors_are_accepted_but_not_documented() {
    assertThat(ConnectorType.values())
        .filteredOn(type -> !type.isDocumented())
        .containsExactly(ConnectorType.DACQJSON, ConnectorType.INTELLIPID, ConnectorType.PSEXCEL);
  }

  @ParameterizedTest
  @EnumSource
  void each_connector_is_parsed_from_its_text_form(ConnectorType type) {
    assertThat(ConnectorType.parse(type.toString())).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mstn",
        "Mstn",
        " MSTN",
        "MSTN ",
        "MSTN,DWG",
        "C\u0130VIL",
        "8",
        "null",
        "NotSet",
        "AVEVAPID",
        "AVEVADIAGRAMS",
        "SHELLEDWCSV",
        "AFFINITYCHECKER"
      })
  void other_text_is_rejected(String text) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> ConnectorType.parse(text));
  }
}
