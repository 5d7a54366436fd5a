package io.storageconnections.adapter.http.error;

import io.storageconnections.adapter.http.error.ErrorBody.Detail;
import java.util.List;

/**
 * The errors of the development routes that set scripts. The documentation has neither these routes
 * nor their errors.
 */
public final class ScriptErrors {

  private ScriptErrors() {}

  /** Own, 422. The details list everything that is wrong, in the order of the request. */
  public static ErrorBody invalid(List<Detail> details) {
    return ConnectionErrors.invalidWith(Resource.SCRIPT, details);
  }

  /** Own: the id in the path is not the id of a file in Storage. */
  public static Detail invalidStorageFileId() {
    return inPath("storageFileId", "Provided storageFileId value is not valid.");
  }

  /** Own: the name in the path is not a connector type. */
  public static Detail invalidConnectorType(Object[] connectorTypes) {
    return inPath("connectorType", ConnectionErrors.mustBeOneOf("connectorType", connectorTypes));
  }

  private static Detail inPath(String parameter, String message) {
    return new Detail("InvalidValue", message, parameter, null);
  }

  /** Own: a member of the body is not one of the allowed texts. */
  public static Detail notOneOf(String member, Object[] allowed) {
    return inBody(member, ConnectionErrors.mustBeOneOf(member, allowed));
  }

  /** Own: a member of the body is not a whole number in the allowed range. */
  public static Detail notWholeNumber(String member, long min, long max) {
    return inBody(member, "%s must be a whole number, %d to %d.".formatted(member, min, max));
  }

  /** Own: a member of the body is not a number of seconds in the allowed range. */
  public static Detail notSeconds(String member, long max) {
    return inBody(
        member, "%s must be a number of seconds, 0 to %d, such as 2.5.".formatted(member, max));
  }

  private static Detail inBody(String member, String message) {
    return new Detail("InvalidValue", message, member, "/" + member);
  }
}
