package io.storageconnections.application.port;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The caller of an operation: a client application, and the subject for whom it calls. Immutable.
 *
 * <p>Two callers are equal if their clients and their subjects are equal. The bearer token does not
 * count: it proves an identity but is no part of it, so a caller who renews the token stays the
 * same caller. The text form leaves the token out.
 *
 * @param client the name of the client application, such as a token's {@code client_id}; not blank.
 *     The server counts requests by client
 * @param subject the user for whom the client calls, or the client itself if it calls for no user;
 *     not blank
 * @param bearerToken the bearer token as the caller sent it, without the scheme, for calls to other
 *     services on the caller's behalf; null if there is none. It must not appear in a log or in an
 *     exception
 */
public record Caller(String client, String subject, @Nullable String bearerToken) {

  /**
   * Checks the names.
   *
   * @throws NullPointerException if {@code client} or {@code subject} is null
   * @throws IllegalArgumentException if a text is blank; the message does not repeat any text
   */
  public Caller {
    requireText(client, "client");
    requireText(subject, "subject");
    if (bearerToken != null) {
      requireText(bearerToken, "bearerToken");
    }
  }

  /**
   * Returns a client that calls for no user, and that sent no token.
   *
   * @param client the name of the client application; not blank
   * @return the caller, whose subject is {@code client}
   * @throws NullPointerException if {@code client} is null
   * @throws IllegalArgumentException if {@code client} is blank
   */
  public static Caller ofClient(String client) {
    return new Caller(client, client, null);
  }

  /**
   * Returns a client that calls for a user, and that sent no token.
   *
   * @param client the name of the client application; not blank
   * @param user the user's id or name; not blank
   * @return the caller, whose subject is {@code user}
   * @throws NullPointerException if {@code client} or {@code user} is null
   * @throws IllegalArgumentException if {@code client} or {@code user} is blank
   */
  public static Caller ofUser(String client, String user) {
    return new Caller(client, user, null);
  }

  /**
   * Returns this caller with a bearer token.
   *
   * @param token the token as the caller sent it, without the scheme; not blank
   * @return a caller that is equal to this one
   * @throws NullPointerException if {@code token} is null
   * @throws IllegalArgumentException if {@code token} is blank
   */
  public Caller withBearerToken(String token) {
    return new Caller(client, subject, Objects.requireNonNull(token, "token"));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Caller caller
        && client.equals(caller.client)
        && subject.equals(caller.subject);
  }

  @Override
  public int hashCode() {
    return Objects.hash(client, subject);
  }

  /** {@return client and subject, without the token} */
  @Override
  public String toString() {
    return "Caller[client=" + client + ", subject=" + subject + "]";
  }

  private static void requireText(String text, String name) {
    if (Objects.requireNonNull(text, name).isBlank()) {
      throw new IllegalArgumentException(name + " is blank");
    }
  }
}
