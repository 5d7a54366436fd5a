package io.storageconnections.platform.application.port;

/**
 * The order of a list.
 *
 * @param by the property that is compared; items that are equal in it have a stable order
 * @param isDescending whether the greatest value is first
 */
public record Order<P>(P by, boolean isDescending) {}
