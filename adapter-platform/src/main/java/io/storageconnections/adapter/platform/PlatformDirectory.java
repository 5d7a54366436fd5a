package io.storageconnections.adapter.platform;

import static java.util.Objects.requireNonNull;

import io.opentelemetry.context.Context;
import io.storageconnections.adapter.platform.exchange.Deadline;
import io.storageconnections.adapter.platform.exchange.PlatformClient;
import io.storageconnections.adapter.platform.imodel.IModelAnswer;
import io.storageconnections.adapter.platform.lookup.CallerKey;
import io.storageconnections.adapter.platform.lookup.LookupCache;
import io.storageconnections.adapter.platform.lookup.LookupCache.Lookup;
import io.storageconnections.adapter.platform.storagefile.FileAnswer;
import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.DirectoryException;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.application.port.StorageFiles;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The iModels and Storage files of an iTwin Platform, which decides what exists for a caller. The
 * directory asks it over HTTP with the caller's own bearer token:
 *
 * <ul>
 *   <li>{@code GET /imodels/{id}}: 200 gives the iTwin, and means that the caller may change the
 *       iModel's connections, because the platform does not tell more; 404 with the error {@code
 *       iModelNotFound} means that the iModel does not exist; 403 that the caller may not read it.
 *   <li>{@code GET /storage/files/{id}}: 200 gives the name; 404 with the error {@code
 *       FileNotFound} and 403 mean that the caller cannot use the file, or that it is not complete.
 *       A file of another iTwin than the iModel's is not usable, and the platform is not asked.
 * </ul>
 *
 * Every other answer is a {@link DirectoryException}, and so is an answer that does not come in
 * time. The directory follows no redirect.
 *
 * <p>An answer is used again for some seconds, for the same caller with the same token.
 * Simultaneous look-ups of one thing by one caller are one request.
 *
 * <p>Thread-safe. Closing ends its threads and connections, and fails the calls that still wait.
 *
 * @see <a href="https://developer.bentley.com/apis/imodels-v2/operations/get-imodel-details/">Get
 *     iModel</a>
 * @see <a href="https://developer.bentley.com/apis/storage/operations/get-file/">Get File</a>
 */
public final class PlatformDirectory implements IModelDirectory, StorageFiles, AutoCloseable {

  /** The number of files of one call that are looked up at once. */
  static final int FILES_AT_ONCE_MAX = 16;

  private final PlatformClient platform;
  private final PlatformObserver observer;
  private final boolean isFileCheckOn;
  private final Duration iModelTimeout;
  private final Duration filesTimeout;

  // A virtual thread for each request, which waits for the platform most of the time. A request
  // belongs to the trace of the caller that began it.
  private final ExecutorService threads =
      Context.taskWrapping(Executors.newVirtualThreadPerTaskExecutor());
  private final LookupCache<IModelKey, IModelAnswer> iModels;
  private final LookupCache<FileKey, FileAnswer> storageFiles;

  PlatformDirectory(PlatformDirectoryBuilder builder) {
    platform =
        new PlatformClient(
            builder.url.value(), builder.requestsMax, builder.clock, builder.openTelemetry);
    observer = builder.observer;
    isFileCheckOn = builder.isFileCheckOn;
    iModelTimeout = builder.timeout.multipliedBy(2).dividedBy(5);
    filesTimeout = builder.timeout.minus(iModelTimeout);
    iModels =
        new LookupCache<>(
            builder.cacheDuration, answer -> answer.iTwin() == null, builder.ticker, threads);
    storageFiles =
        new LookupCache<>(
            builder.cacheDuration, answer -> answer.file() == null, builder.ticker, threads);
  }

  private record IModelKey(CallerKey caller, IModelId iModel) {}

  private record FileKey(CallerKey caller, StorageFileId file) {}

  /**
   * Returns a builder of a directory.
   *
   * @param platformUrl the platform's URL, as {@link PlatformUrl} describes it
   * @return a new builder with the default configuration
   * @throws NullPointerException if {@code platformUrl} is null
   * @throws IllegalArgumentException if {@code platformUrl} is not a URL that a platform may have
   */
  public static PlatformDirectoryBuilder builder(URI platformUrl) {
    return new PlatformDirectoryBuilder(
        new PlatformUrl(requireNonNull(platformUrl, "platformUrl")));
  }

  @Override
  public Access access(Caller caller, IModelId iModel) {
    return iModel(caller, iModel, Deadline.after(iModelTimeout)).access();
  }

  @Override
  public Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile) {
    return Optional.ofNullable(iModel(caller, iModel, Deadline.after(iModelTimeout)).iTwin());
  }

  @Override
  public Map<StorageFileId, UsableFile> usable(
      Caller caller, IModelId iModel, Collection<StorageFileId> files) {
    if (files.isEmpty()) {
      return Map.of();
    }
    var deadline = Deadline.after(filesTimeout);
    var iTwin = iModel(caller, iModel, deadline).iTwin();
    if (iTwin == null) {
      return Map.of();
    }
    var candidates = new LinkedHashSet<StorageFileId>();
    files.stream().filter(file -> file.iTwin().equals(iTwin)).forEach(candidates::add);
    Map<StorageFileId, UsableFile> usable = new HashMap<>();
    if (isFileCheckOn) {
      lookUp(caller, candidates, usable, deadline);
    } else {
      candidates.forEach(file -> usable.put(file, UsableFile.UNNAMED));
    }
    return usable;
  }

  private IModelAnswer iModel(Caller caller, IModelId iModel, Deadline deadline) {
    var token = platform.requireToken(caller.bearerToken());
    return iModels
        .begin(
            new IModelKey(CallerKey.of(caller, token), iModel),
            time ->
                observed(() ->
                    IModelAnswer.of(
                        iModel,
                        platform.get(
                            IModelAnswer.path(iModel), IModelAnswer.MEDIA_TYPE, token, time))),
            deadline)
        .await();
  }

  /** Makes a request, and tells the observer how it ended. */
  private <T> T observed(Supplier<T> request) {
    try {
      var answer = request.get();
      observer.asked(null);
      return answer;
    } catch (DirectoryException failure) {
      observer.asked(failure);
      throw failure;
    }
  }

  /** Adds the files that the platform shows, and has a bounded number of look-ups at once. */
  private void lookUp(
      Caller caller,
      Collection<StorageFileId> files,
      Map<StorageFileId, UsableFile> usable,
      Deadline deadline) {
    var token = platform.requireToken(caller.bearerToken());
    var callerKey = CallerKey.of(caller, token);
    var running = new ArrayDeque<FileLookup>();
    for (var file : files) {
      if (running.size() == FILES_AT_ONCE_MAX) {
        running.removeFirst().addTo(usable);
      }
      var lookup =
          storageFiles.begin(
              new FileKey(callerKey, file),
              time ->
                  observed(() ->
                      FileAnswer.of(
                          file,
                          platform.get(FileAnswer.path(file), FileAnswer.MEDIA_TYPE, token, time))),
              deadline);
      running.addLast(new FileLookup(file, lookup));
    }
    running.forEach(lookup -> lookup.addTo(usable));
  }

  private record FileLookup(StorageFileId file, Lookup<FileAnswer> lookup) {

    void addTo(Map<StorageFileId, UsableFile> usable) {
      @Nullable UsableFile shown = lookup.await().file();
      if (shown != null) {
        usable.put(file, shown);
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    platform.close();
  }
}
