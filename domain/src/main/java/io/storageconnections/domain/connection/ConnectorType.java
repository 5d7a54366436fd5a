package io.storageconnections.domain.connection;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The connector that reads a file. The text form is the name of the constant.
 *
 * <p>Source: the API's answer 422 to an unknown connector says "connectorType must be one of:" and
 * lists these 17 names in this order. The file types named at the constants are advice, not a rule;
 * see {@link FileExtension}.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/create-storage-connection">Create
 *     Storage Connection</a>
 */
public enum ConnectorType {
  /** For {@code dwg} files of plant design. */
  AUTOPLANT,
  /** For {@code dgn} files of civil engineering. */
  CIVIL,
  /** For {@code dwg} files of civil engineering. */
  CIVIL3D,
  /** For plant data; not {@linkplain #isDocumented() documented}. */
  DACQJSON,
  /** For {@code dwg} and {@code dxf} files. */
  DWG,
  /** For {@code shp}, {@code kml}, {@code geojson} and {@code geodb} files. */
  GEOSPATIAL,
  /** For {@code ifc} files. */
  IFC,
  /** For plant data; not {@linkplain #isDocumented() documented}. */
  INTELLIPID,
  /** For {@code dgn} and {@code dwg} files, and for most other known types. */
  MSTN,
  /** For {@code nwd} and {@code nwc} files. */
  NWD,
  /** For {@code dgn} files of buildings. */
  OBD,
  /** For {@code otxml} files. */
  OPENTOWER,
  /** For {@code dgn} files of structures. */
  PROSTRUCTURES,
  /** For plant data; not {@linkplain #isDocumented() documented}. */
  PSEXCEL,
  /** For {@code rvt} files. */
  REVIT,
  /** For {@code zip} files. */
  SPPID,
  /** For {@code vue} files. */
  SPXREVIEW;

  /**
   * Connectors for plant data, which the API's error message lists, but its documented schema and
   * its page of supported formats do not.
   */
  private static final Set<ConnectorType> UNDOCUMENTED =
      Collections.unmodifiableSet(EnumSet.of(DACQJSON, INTELLIPID, PSEXCEL));

  private static final Map<String, ConnectorType> BY_TEXT =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));

  /**
   * {@return whether the API's documentation lists the connector as supported; the server accepts
   * all constants}
   */
  public boolean isDocumented() {
    return !UNDOCUMENTED.contains(this);
  }

  /**
   * Parses the text form.
   *
   * @param text the name of a constant; case-sensitive
   * @return the constant
   * @throws InvalidValueException if {@code text} is not the name of a constant
   */
  public static ConnectorType parse(String text) {
    var type = BY_TEXT.get(text);
    if (type == null) {
      throw new InvalidValueException("one of " + Arrays.toString(values()));
    }
    return type;
  }
}
