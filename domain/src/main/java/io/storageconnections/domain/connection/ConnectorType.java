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
 * section 8, recommendation 1. Which files a constant is for is advice, as {@link FileExtension}
 * is.
 */
public enum ConnectorType {
  /** For {@code dwg} files of plants. */
  AUTOPLANT,
  /** For {@code dgn} files of civil engineering. */
  CIVIL,
  /** For {@code dwg} files of civil engineering. */
  CIVIL3D,
  /** For data of plants; not {@linkplain #isDocumented() documented}. */
  DACQJSON,
  /** For {@code dwg} and {@code dxf} files. */
  DWG,
  /** For {@code shp}, {@code kml}, {@code geojson} and {@code geodb} files. */
  GEOSPATIAL,
  /** For {@code ifc} files. */
  IFC,
  /** For data of plants; not {@linkplain #isDocumented() documented}. */
  INTELLIPID,
  /** For {@code dgn} files, {@code dwg} files and most of the other known ones. */
  MSTN,
  /** For {@code nwd} and {@code nwc} files. */
  NWD,
  /** For {@code dgn} files of buildings. */
  OBD,
  /** For {@code otxml} files. */
  OPENTOWER,
  /** For {@code dgn} files of structures. */
  PROSTRUCTURES,
  /** For data of plants; not {@linkplain #isDocumented() documented}. */
  PSEXCEL,
  /** For {@code rvt} files. */
  REVIT,
  /** For {@code zip} files. */
  SPPID,
  /** For {@code vue} files. */
  SPXREVIEW;

  /** Accepted, but on no page of the API: connectors for data of plants. */
  private static final Set<ConnectorType> UNDOCUMENTED =
      Collections.unmodifiableSet(EnumSet.of(DACQJSON, INTELLIPID, PSEXCEL));

  private static final Map<String, ConnectorType> BY_TEXT =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));

  /** {@return whether the API's pages name it as a connector that anybody may use} */
  public boolean isDocumented() {
    return !UNDOCUMENTED.contains(this);
  }

  /**
   * Reads the text form.
   *
   * @param text the name of a constant, case included
   * @return that constant
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
