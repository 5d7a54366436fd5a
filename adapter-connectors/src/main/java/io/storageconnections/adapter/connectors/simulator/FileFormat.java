package io.storageconnections.adapter.connectors.simulator;

import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.FileExtension;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A format of files that begins with certain bytes. The connector types that read it are those of
 * its {@linkplain FileExtension extensions}, some more, and the types for plant data, whose formats
 * the API does not document.
 */
public enum FileFormat {
  /** A ZIP archive; also IFC, map data and spreadsheets in an archive. */
  ZIP("ZIP archive", hex("504b0304"), List.of("zip"), ConnectorType.IFC, ConnectorType.GEOSPATIAL),
  /** An empty ZIP archive. */
  EMPTY_ZIP(
      "empty ZIP archive",
      hex("504b0506"),
      List.of("zip"),
      ConnectorType.IFC,
      ConnectorType.GEOSPATIAL),
  /** A compound file, which contains a design of MicroStation V8 or of Revit. */
  COMPOUND("compound file (DGN or RVT)", hex("d0cf11e0a1b11ae1"), List.of("dgn", "rvt")),
  /** A two-dimensional design of MicroStation before V8. */
  DGN_V7("DGN file of version 7", hex("0809fe02"), List.of("dgn")),
  /** A three-dimensional design of MicroStation before V8. */
  DGN_V7_3D("DGN file of version 7", hex("c809fe02"), List.of("dgn")),
  /** A drawing of AutoCAD. */
  DWG("DWG drawing", ascii("AC10"), List.of("dwg")),
  /** An exchange file of the STEP standard, which contains IFC or other models. */
  STEP("STEP exchange file", ascii("ISO-10303-21"), List.of("ifc", "stp")),
  /** The main file of a shapefile. */
  SHAPEFILE("shapefile", hex("0000270a"), List.of("shp")),
  /** A document in Portable Document Format, which no connector type reads. */
  PDF("PDF document", ascii("%PDF-"), List.of());

  /** How many bytes of a file decide its format. */
  public static final int BYTES_MAX = 16;

  private final String text;

  // Neither the array nor the set is changed.
  @SuppressWarnings("ImmutableEnumChecker")
  private final byte[] start;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<ConnectorType> readers;

  FileFormat(String text, byte[] start, List<String> extensions, ConnectorType... otherReaders) {
    this.text = text;
    this.start = start;
    var types = EnumSet.noneOf(ConnectorType.class);
    FileExtension.KNOWN.stream()
        .filter(known -> extensions.contains(known.text()))
        .forEach(known -> types.addAll(known.connectorTypes()));
    types.addAll(List.of(otherReaders));
    Arrays.stream(ConnectorType.values()).filter(type -> !type.isDocumented()).forEach(types::add);
    readers = Collections.unmodifiableSet(types);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Recognizes the format of a file.
   *
   * @param content the first bytes of the file, {@link #BYTES_MAX} if it has so many
   * @return the format; empty if no known format begins like this
   */
  public static Optional<FileFormat> of(byte[] content) {
    return Arrays.stream(values())
        .filter(format ->
            content.length >= format.start.length
                && Arrays.equals(
                    content, 0, format.start.length, format.start, 0, format.start.length))
        .findFirst();
  }

  /**
   * Returns whether connectors of a type read files of this format.
   *
   * @param type the connector type
   * @return false if the format is foreign to the type
   */
  public boolean isReadBy(ConnectorType type) {
    return readers.contains(type);
  }

  /** {@return the name of the format in English} */
  @Override
  public String toString() {
    return text;
  }
}
