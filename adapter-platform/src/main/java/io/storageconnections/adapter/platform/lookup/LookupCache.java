package io.storageconnections.adapter.platform.lookup;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.storageconnections.adapter.platform.exchange.Deadline;
import io.storageconnections.application.port.DirectoryException;
import io.storageconnections.application.port.DirectoryException.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Keeps the results of look-ups for a short time, and lets concurrent look-ups of one key share one
 * request. A failure is not kept. Thread-safe.
 *
 * <p>A request runs on a thread of the executor and not on that of the caller who began it. So a
 * caller who is interrupted, or whose time is over, does not end the request for the others.
 *
 * @param <K> identifies what is looked up, and for whom
 * @param <V> the result
 */
public final class LookupCache<K, V> {

  /** Enough for the callers of some seconds; with the longest names, some 10 MB. */
  static final int ENTRIES_MAX = 10_000;

  /** A negative result is kept for this fraction of the time, because callers wait for a change. */
  static final int NEGATIVE_FRACTION = 5;

  private final String system;
  private final Cache<K, V> results;
  private final ConcurrentMap<K, Flight> flights = new ConcurrentHashMap<>();
  private final Executor executor;

  /**
   * Makes an empty cache.
   *
   * @param duration the time for which a positive result is kept; zero to keep none
   * @param isNegative tells whether a result is negative
   * @param ticker measures the age of results
   * @param executor runs each request on a thread of its own
   */
  public LookupCache(Duration duration, Predicate<V> isNegative, Ticker ticker, Executor executor) {
    this(
        "The iTwin Platform",
        result -> isNegative.test(result) ? duration.dividedBy(NEGATIVE_FRACTION) : duration,
        ticker,
        executor);
  }

  /**
   * Makes an empty cache.
   *
   * @param system names the system that is asked, at the beginning of a sentence
   * @param keptFor returns the time for which a result is kept; zero to keep none
   * @param ticker measures the age of results
   * @param executor runs each request on a thread of its own
   */
  public LookupCache(
      String system, Function<V, Duration> keptFor, Ticker ticker, Executor executor) {
    this.system = system;
    this.executor = executor;
    Expiry<K, V> expiry = Expiry.writing((K key, V result) -> keptFor.apply(result));
    results =
        Caffeine.newBuilder()
            .maximumSize(ENTRIES_MAX)
            .expireAfter(expiry)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /** Forgets a result, unless another one has replaced it. */
  public void forget(K key, V result) {
    var unused = results.asMap().remove(key, result);
  }

  /**
   * Begins a look-up: takes the kept result, joins a running request, or begins a request.
   *
   * @param key identifies what is looked up
   * @param request returns the result before its deadline; throws {@link DirectoryException}
   * @param deadline the time for a request that this call begins, and for {@link Lookup#await}
   */
  public Lookup<V> begin(K key, Function<Deadline, V> request, Deadline deadline) {
    var kept = results.getIfPresent(key);
    if (kept != null) {
      return () -> kept;
    }
    var begun = new Flight(key, request, deadline);
    var running = flights.putIfAbsent(key, begun);
    if (running == null) {
      begun.start();
      return () -> begun.await(deadline);
    }
    return () -> {
      try {
        return running.await(deadline);
      } catch (DirectoryException failure) {
        if (running.hasTimedOut()
            && !deadline.isOver()
            && !Thread.currentThread().isInterrupted()) {
          // The time of another caller was over, who had begun earlier.
          return begin(key, request, deadline).await();
        }
        throw failure;
      }
    };
  }

  /** A look-up that has begun. */
  @FunctionalInterface
  public interface Lookup<V> {

    /**
     * Waits for the result.
     *
     * @throws DirectoryException if there is no result before the deadline, the look-up fails, or
     *     this thread is interrupted
     */
    V await();
  }

  /** One request, for all callers who look the key up while it runs. */
  private final class Flight {

    private final K key;
    private final Function<Deadline, V> request;
    private final Deadline deadline;
    private final CompletableFuture<V> result = new CompletableFuture<>();

    Flight(K key, Function<Deadline, V> request, Deadline deadline) {
      this.key = key;
      this.request = request;
      this.deadline = deadline;
    }

    void start() {
      try {
        var unused = result.completeAsync(this::run, executor);
      } catch (RejectedExecutionException closed) {
        flights.remove(key, this);
        result.completeExceptionally(
            new DirectoryException(
                Reason.UNAVAILABLE,
                system + " is not asked any more, because this server stops.",
                null,
                closed));
      }
    }

    private V run() {
      try {
        // Another request may have ended since the caller looked.
        var kept = results.getIfPresent(key);
        if (kept != null) {
          return kept;
        }
        var answer = request.apply(deadline);
        results.put(key, answer);
        return answer;
      } finally {
        // Before the callers get the result, so that none of their next look-ups joins this one.
        flights.remove(key, this);
      }
    }

    boolean hasTimedOut() {
      return deadline.isOver();
    }

    V await(Deadline waiting) {
      try {
        return result.get(waiting.remainingNanos(), TimeUnit.NANOSECONDS);
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof DirectoryException failure) {
          // Each caller gets an exception with its own stack trace.
          throw new DirectoryException(
              failure.reason(),
              failure.getMessage(),
              failure.retryAfter().orElse(null),
              failure.getCause());
        }
        throw new IllegalStateException("a look-up failed", failed.getCause());
      } catch (TimeoutException tooSlow) {
        throw new DirectoryException(
            Reason.UNAVAILABLE, system + " did not answer in time.", null, tooSlow);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new DirectoryException(
            Reason.UNAVAILABLE,
            system + " did not answer before the request was interrupted.",
            null,
            stopped);
      }
    }
  }
}
