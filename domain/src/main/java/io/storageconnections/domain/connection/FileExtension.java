package io.storageconnections.domain.connection;

import static io.storageconnections.domain.connection.ConnectorType.AUTOPLANT;
import static io.storageconnections.domain.connection.ConnectorType.CIVIL;
import static io.storageconnections.domain.connection.ConnectorType.CIVIL3D;
import static io.storageconnections.domain.connection.ConnectorType.DWG;
import static io.storageconnections.domain.connection.ConnectorType.GEOSPATIAL;
import static io.storageconnections.domain.connection.ConnectorType.IFC;
import static io.storageconnections.domain.connection.ConnectorType.MSTN;
import static io.storageconnections.domain.connection.ConnectorType.NWD;
import static io.storageconnections.domain.connection.ConnectorType.OBD;
import static io.storageconnections.domain.connection.ConnectorType.OPENTOWER;
import static io.storageconnections.domain.connection.ConnectorType.PROSTRUCTURES;
import static io.storageconnections.domain.connection.ConnectorType.REVIT;
import static io.storageconnections.domain.connection.ConnectorType.SPPID;
import static io.storageconnections.domain.connection.ConnectorType.SPXREVIEW;

import java.util.List;

/**
 * A file extension and the connectors that read such files. Clients use it to suggest a connector;
 * the server accepts any file with any connector.
 *
 * <p>Source: the table of extensions in Bentley's command-line client, itwin-cli.
 *
 * @param text the extension in lower case, without the leading dot; may contain dots, such as
 *     {@code i.dgn}
 * @param connectorTypes the connectors that read such files, the default first; never empty; copied
 */
public record FileExtension(String text, List<ConnectorType> connectorTypes) {

  /** All known extensions, in the order of the source; each extension occurs once. */
  public static final List<FileExtension> KNOWN =
      List.of(
          of("dgn", MSTN, CIVIL, OBD, PROSTRUCTURES),
          of("dwg", DWG, AUTOPLANT, CIVIL3D, MSTN),
          of("dxf", DWG),
          of("i.dgn", MSTN),
          of("3dm", MSTN),
          of("3ds", MSTN),
          of("dae", MSTN),
          of("fbx", MSTN),
          of("hln", MSTN),
          of("igs", MSTN),
          of("jt", MSTN),
          of("obj", MSTN),
          of("sat", MSTN),
          of("skp", MSTN),
          of("stl", MSTN),
          of("stp", MSTN),
          of("x_t", MSTN),
          of("land.xml", MSTN),
          of("shp", GEOSPATIAL),
          of("kml", GEOSPATIAL),
          of("geojson", GEOSPATIAL),
          of("geodb", GEOSPATIAL),
          of("ifc", IFC),
          of("nwd", NWD),
          of("nwc", NWD),
          of("rvt", REVIT),
          of("otxml", OPENTOWER),
          of("zip", SPPID),
          of("vue", SPXREVIEW));

  /** Copies the list. */
  public FileExtension {
    connectorTypes = List.copyOf(connectorTypes);
  }

  private static FileExtension of(String text, ConnectorType... connectorTypes) {
    return new FileExtension(text, List.of(connectorTypes));
  }

  /** {@return the default connector for such files, which is the first of the list} */
  public ConnectorType defaultType() {
    return connectorTypes.getFirst();
  }
}
