package io.storageconnections.platform.application.imodel;

import io.storageconnections.application.outcome.Violation.Kind;
import io.storageconnections.platform.application.imodel.IModelRequest.ExtentRequest;
import io.storageconnections.platform.application.validation.Violations;
import io.storageconnections.platform.domain.imodel.Extent;
import org.jspecify.annotations.Nullable;

/** Validates the extents of iModels in requests. */
final class IModelValidation {

  private IModelValidation() {}

  /** Returns the extent of a request; null if it has none, or adds a violation. */
  static @Nullable Extent extent(@Nullable ExtentRequest request, Violations violations) {
    if (request == null) {
      return null;
    }
    if (request.south() != null
        && request.west() != null
        && request.north() != null
        && request.east() != null) {
      try {
        return new Extent(request.south(), request.west(), request.north(), request.east());
      } catch (IllegalArgumentException outOfRange) {
        // The violation follows.
      }
    }
    violations.add(Kind.INVALID, "extent");
    return null;
  }
}
