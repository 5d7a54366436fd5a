package io.storageconnections.platform.domain.imodel;

/** The area on the earth that an iModel covers, in degrees. */
public record Extent(double south, double west, double north, double east) {

  private static final double LATITUDE_MAX = 90;
  private static final double LONGITUDE_MAX = 180;

  /**
   * Checks the coordinates.
   *
   * @throws IllegalArgumentException if a latitude is not from -90 to 90, or a longitude not from
   *     -180 to 180
   */
  public Extent {
    require(south, LATITUDE_MAX);
    require(west, LONGITUDE_MAX);
    require(north, LATITUDE_MAX);
    require(east, LONGITUDE_MAX);
  }

  private static void require(double degrees, double max) {
    // Not a number is in no range.
    if (!(Math.abs(degrees) <= max)) {
      throw new IllegalArgumentException("degrees from -" + max + " to " + max);
    }
  }
}
