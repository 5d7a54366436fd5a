package io.storageconnections.embedded;

/**
 * A listener that a {@link StorageConnectionsService} tells of the changes that callers make
 * through it, after they are committed. It is not told of changes by other processes or services,
 * and a change is lost if the process ends before it is reported.
 *
 * <p>One thread of the service calls all listeners, one call at a time. Concurrent changes may be
 * reported in another order than that in which they were committed; the revision tells which state
 * of an object is newer. A slow listener delays the later reports, but no request.
 */
@FunctionalInterface
public interface ChangeListener {

  /**
   * Is called after each change. If it throws an exception, the thread's uncaught exception handler
   * gets it, and the reports continue.
   *
   * @param change the change, which is committed
   */
  void changed(ChangeEvent change);

  /**
   * Is called if changes were not reported, because more than {@link #UNREPORTED_MAX} of them
   * waited for the listeners. A listener that keeps a copy of the data reads them again.
   *
   * @param count the number of changes that were not reported since the last call, 1 or more
   */
  default void missed(long count) {}

  /** The greatest number of changes that wait for the listeners. */
  int UNREPORTED_MAX = 10_000;
}
