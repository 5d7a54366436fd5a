package io.storageconnections.application.port.in;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.validation.Request;
import io.storageconnections.application.validation.Violation;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the caller has allowed runs to read files on their behalf. Here nobody is asked to:
 * whoever has a token has allowed it. Safe to call concurrently.
 *
 * <p>Source: api-contract.md, section 1.2, operation 15, and section 8, recommendation 19.
 */
public interface GetAuthorizationInformation {

  /**
   * Tells it, if the query is valid.
   *
   * @param caller who asks; everybody gets the same answer
   * @param query what is asked; may be invalid
   * @return that runs may read the caller's files, or what is wrong with {@code query}
   */
  Outcome get(Caller caller, Query query);

  /**
   * What is asked, not yet judged.
   *
   * @param redirectUrl where to send a user who has given consent, an absolute URL; may be absent
   * @param mistyped as {@link Request#mistyped()} says
   */
  record Query(
      @Pattern(
              regexp =
                  "[A-Za-z][A-Za-z0-9+.-]*://[A-Za-z0-9\\[][A-Za-z0-9\\-._~:/?#\\[\\]@!$&'()*+,;=%]*")
          @Nullable String redirectUrl,
      Set<String> mistyped)
      implements Request {

    /** Copies what can change. */
    public Query {
      mistyped = Set.copyOf(mistyped);
    }

    /**
     * A query from Java, whose types the compiler has checked.
     *
     * @param redirectUrl where to send a user who has given consent, an absolute URL; may be absent
     */
    public Query(@Nullable String redirectUrl) {
      this(redirectUrl, Set.of());
    }
  }

  /** How it went. */
  sealed interface Outcome {

    /** Runs may read the caller's files. */
    record Authorized() implements Outcome {}

    /**
     * The query is not valid.
     *
     * @param violations never empty
     */
    record Invalid(List<Violation> violations) implements Outcome {}
  }
}
