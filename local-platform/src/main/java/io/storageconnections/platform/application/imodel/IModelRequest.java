package io.storageconnections.platform.application.imodel;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An iModel as a request describes it, not yet validated: any member may be null or malformed.
 *
 * @param present the names of the members that the request has, also those that are null
 * @param mistyped the members that have another JSON type than documented; they are null
 */
public record IModelRequest(
    @Nullable String iTwinId,
    @Nullable String name,
    @Nullable String description,
    @Nullable ExtentRequest extent,
    @Nullable String creationMode,
    Set<String> present,
    Set<String> mistyped) {

  /** The coordinates of an extent; null if absent or no numbers. */
  public record ExtentRequest(
      @Nullable Double south,
      @Nullable Double west,
      @Nullable Double north,
      @Nullable Double east) {}
}
