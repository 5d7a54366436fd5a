package io.storageconnections.application.authorization;

import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.validation.Request;
import jakarta.validation.constraints.Pattern;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether runs may read files on behalf of the caller. This implementation asks no user for
 * consent: every caller with a valid token is authorized. Safe to call concurrently.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-authorization-information">The
 *     documented operation</a>
 */
public interface GetAuthorizationInformation {

  /**
   * Returns the use case on the given dependencies.
   *
   * @param dependencies what the use case needs from outside
   * @return the use case
   */
  static GetAuthorizationInformation on(Dependencies dependencies) {
    return new GetAuthorizationInformationUseCase(dependencies);
  }

  /**
   * Returns the authorization information of the caller.
   *
   * @param caller the caller; every caller gets the same answer
   * @param query the query; may be invalid
   * @return {@link Authorized}, or the violations of {@code query}
   */
  Outcome<Authorized, Invalid> get(Caller caller, Query query);

  /** Runs may read files on behalf of the caller. */
  record Authorized() {}

  /**
   * The query, not yet validated.
   *
   * @param redirectUrl where a consent page would send the user afterwards, an absolute URL; null
   *     if absent
   * @param mistyped see {@link Request#mistyped()}
   */
  record Query(
      @Pattern(
              regexp =
                  "[A-Za-z][A-Za-z0-9+.-]*://[A-Za-z0-9\\[][A-Za-z0-9\\-._~:/?#\\[\\]@!$&'()*+,;=%]*")
          @Nullable String redirectUrl,
      Set<String> mistyped)
      implements Request {

    /** Copies the set. */
    public Query {
      mistyped = Set.copyOf(mistyped);
    }

    /**
     * Creates a query from Java, where the compiler has checked the types.
     *
     * @param redirectUrl where a consent page would send the user afterwards, an absolute URL; null
     *     if absent
     */
    public Query(@Nullable String redirectUrl) {
      this(redirectUrl, Set.of());
    }
  }
}
