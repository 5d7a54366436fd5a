package io.storageconnections.platform.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.application.port.IModelStore;
import io.storageconnections.platform.domain.imodel.IModel;
import java.time.Duration;
import java.util.Optional;

/**
 * The directory of a platform that trusts every caller. An iModel that was made here exists for
 * every caller until it is deleted; another directory decides about ids that are unknown here.
 * Thread-safe.
 */
public final class OpenPlatformIModelDirectory implements IModelDirectory {

  /** Most requests concern the same few iModels. */
  private static final int CACHED_MAX = 10_000;

  /** An id becomes known only if a seed brings it, because new ids are random. */
  private static final Duration UNKNOWN_FOR = Duration.ofSeconds(2);

  private final IModelStore iModels;
  private final IModelDirectory others;
  private final Cache<IModelId, Boolean> unknown =
      Caffeine.newBuilder()
          .maximumSize(CACHED_MAX)
          .expireAfterWrite(UNKNOWN_FOR)
          .executor(Runnable::run)
          .build();

  /**
   * Creates a directory.
   *
   * @param others decides about ids that are unknown here
   */
  public OpenPlatformIModelDirectory(IModelStore iModels, IModelDirectory others) {
    this.iModels = iModels;
    this.others = others;
  }

  @Override
  public Access access(Caller caller, IModelId iModel) {
    if (isUnknown(iModel)) {
      return others.access(caller, iModel);
    }
    return iModels.find(iModel, null).isPresent() ? Access.CHANGE : Access.NONE;
  }

  @Override
  public Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile) {
    return isUnknown(iModel)
        ? others.iTwinOf(caller, iModel, firstFile)
        : iModels.find(iModel, null).map(IModelStore.Found::iModel).map(IModel::iTwin);
  }

  /** Forgets which iModels are unknown here. */
  public void forget() {
    unknown.invalidateAll();
  }

  private boolean isUnknown(IModelId iModel) {
    if (unknown.getIfPresent(iModel) != null) {
      return true;
    }
    var isUnknown = !iModels.isKnown(iModel);
    if (isUnknown) {
      unknown.put(iModel, true);
    }
    return isUnknown;
  }
}
