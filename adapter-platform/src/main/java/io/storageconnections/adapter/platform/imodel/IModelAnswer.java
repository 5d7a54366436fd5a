package io.storageconnections.adapter.platform.imodel;

import io.storageconnections.adapter.platform.exchange.PlatformAnswer;
import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.DirectoryException;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.InvalidValueException;
import org.jspecify.annotations.Nullable;

/**
 * What the platform answered about an iModel. Immutable.
 *
 * @param access what the caller may do; never {@link Access#READ}, because the platform shows an
 *     iModel to a reader and to a writer alike
 * @param iTwin the iTwin of the iModel; null if the platform does not show the iModel
 */
public record IModelAnswer(Access access, @Nullable ITwinId iTwin) {

  /** The value of the header {@code Accept}: version 2 of the iModels API. */
  public static final String MEDIA_TYPE = "application/vnd.bentley.itwin-platform.v2+json";

  private static final String NOT_FOUND = "iModelNotFound";

  /** Returns the path of the iModel. */
  public static String path(IModelId iModel) {
    return "/imodels/" + iModel;
  }

  /**
   * Reads the answer to the request for {@code iModel}.
   *
   * @throws DirectoryException if the answer does not make sense
   */
  public static IModelAnswer of(IModelId iModel, PlatformAnswer answer) {
    return switch (answer.status()) {
      case 200 -> shown(iModel, answer);
      case 403 -> new IModelAnswer(Access.DENIED, null);
      case 404 -> {
        // A proxy answers 404 as well, if the platform's URL is wrong; and so does the platform for
        // a path that it does not know.
        if (!NOT_FOUND.equalsIgnoreCase(answer.errorCode())) {
          throw answer.unusable("another error than " + NOT_FOUND);
        }
        yield new IModelAnswer(Access.NONE, null);
      }
      default -> throw answer.unexpected();
    };
  }

  private static IModelAnswer shown(IModelId asked, PlatformAnswer answer) {
    var iModel = answer.object("iModel");
    try {
      if (!IModelId.parse(iModel.path("id").stringValue("")).equals(asked)) {
        throw answer.unusable("another iModel");
      }
      var iTwin = ITwinId.parse(iModel.path("iTwinId").stringValue(""));
      return new IModelAnswer(Access.CHANGE, iTwin);
    } catch (InvalidValueException malformed) {
      throw answer.unusable("an iModel whose id or iTwinId is not a GUID");
    }
  }
}
