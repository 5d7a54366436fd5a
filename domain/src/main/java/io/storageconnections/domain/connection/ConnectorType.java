package io.storageconnections.domain.connection;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which connector reads a file. The seventeen that the API's own validator names, in its order; as
 * text, the name of the constant.
 *
 * <p>Source: create-storage-connection.txt, the 422 of an unknown connector; api-contract.md,
 * section 8, recommendation 1.
 */
public enum ConnectorType {
  AUTOPLANT,
  CIVIL,
  CIVIL3D,
  DACQJSON,
  DWG,
  GEOSPATIAL,
  IFC,
  INTELLIPID,
  MSTN,
  NWD,
  OBD,
  OPENTOWER,
  PROSTRUCTURES,
  PSEXCEL,
  REVIT,
  SPPID,
  SPXREVIEW;

  private static final Map<String, ConnectorType> BY_TEXT =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));

  /**
   * Reads the text form.
   *
   * @throws InvalidValueException if {@code text} is not the spelling of one of them, case included
   */
  public static ConnectorType parse(String text) {
    var type = BY_TEXT.get(text);
    if (type == null) {
      throw new InvalidValueException("one of " + Arrays.toString(values()));
    }
    return type;
  }
}
