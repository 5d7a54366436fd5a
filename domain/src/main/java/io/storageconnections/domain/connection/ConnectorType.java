package io.storageconnections.domain.connection;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
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

  /** Accepted, but on no page of the API: connectors for data of plants. */
  private static final Set<ConnectorType> UNDOCUMENTED =
      Collections.unmodifiableSet(EnumSet.of(DACQJSON, INTELLIPID, PSEXCEL));

  private static final Map<String, ConnectorType> BY_TEXT =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));

  /** Whether the API's pages name it as a connector that anybody may use. */
  public boolean isDocumented() {
    return !UNDOCUMENTED.contains(this);
  }

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
