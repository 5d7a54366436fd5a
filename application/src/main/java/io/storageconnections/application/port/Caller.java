package io.storageconnections.application.port;

import io.storageconnections.domain.connection.Origin;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The caller of an operation: a client application, and the subject for whom it calls. Immutable.
 *
 * <p>Two callers are equal if their clients and their subjects are equal. The other components do
 * not count: they belong to one request, so a caller who renews the token stays the same caller.
 * The text form leaves them out.
 *
 * @param client the name of the client application, such as a token's {@code client_id}; not blank.
 *     The server counts requests by client
 * @param subject the user for whom the client calls, or the client itself if it calls for no user;
 *     not blank
 * @param bearerToken the bearer token as the caller sent it, without the scheme, for calls to other
 *     services on the caller's behalf; null if there is none. It must not appear in a log or in an
 *     exception
 * @param permissions the kinds of operations that the service allows this caller on every iModel
 *     that exists for the caller; unmodifiable
 * @param correlationId the id of the request in logs and in the audit trail; null if there is none
 * @param traceParent the trace that the request is part of, in the form of the header {@code
 *     traceparent} of the W3C; null if there is none
 */
public record Caller(
    String client,
    String subject,
    @Nullable String bearerToken,
    Set<Permission> permissions,
    @Nullable String correlationId,
    @Nullable String traceParent) {

  private static final Set<Permission> ALL = Set.copyOf(EnumSet.allOf(Permission.class));

  /**
   * Checks the texts.
   *
   * @throws NullPointerException if {@code client}, {@code subject} or {@code permissions} is null,
   *     or contains null
   * @throws IllegalArgumentException if a text is blank; the message does not repeat any text
   */
  public Caller {
    requireText(client, "client");
    requireText(subject, "subject");
    if (bearerToken != null) {
      requireText(bearerToken, "bearerToken");
    }
    permissions = Set.copyOf(permissions);
    if (correlationId != null) {
      requireText(correlationId, "correlationId");
    }
    if (traceParent != null) {
      requireText(traceParent, "traceParent");
    }
  }

  /**
   * Returns a client with all permissions that calls for no user, and that sent no token.
   *
   * @param client the name of the client application; not blank
   * @return the caller, whose subject is {@code client}
   * @throws NullPointerException if {@code client} is null
   * @throws IllegalArgumentException if {@code client} is blank
   */
  public static Caller ofClient(String client) {
    return new Caller(client, client, null, ALL, null, null);
  }

  /**
   * Returns a client with all permissions that calls for a user, and that sent no token.
   *
   * @param client the name of the client application; not blank
   * @param user the user's id or name; not blank
   * @return the caller, whose subject is {@code user}
   * @throws NullPointerException if {@code client} or {@code user} is null
   * @throws IllegalArgumentException if {@code client} or {@code user} is blank
   */
  public static Caller ofUser(String client, String user) {
    return new Caller(client, user, null, ALL, null, null);
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
    Objects.requireNonNull(token, "token");
    return new Caller(client, subject, token, permissions, correlationId, traceParent);
  }

  /**
   * Returns this caller with other permissions.
   *
   * @param allowed the kinds of operations that the caller may perform; may be empty
   * @return a caller that is equal to this one
   * @throws NullPointerException if {@code allowed} is or contains null
   */
  public Caller withPermissions(Set<Permission> allowed) {
    return new Caller(client, subject, bearerToken, allowed, correlationId, traceParent);
  }

  /**
   * Returns this caller with the id of its request.
   *
   * @param id the id; not blank
   * @return a caller that is equal to this one
   * @throws NullPointerException if {@code id} is null
   * @throws IllegalArgumentException if {@code id} is blank
   */
  public Caller withCorrelationId(String id) {
    Objects.requireNonNull(id, "id");
    return new Caller(client, subject, bearerToken, permissions, id, traceParent);
  }

  /**
   * Returns this caller with the trace of its request.
   *
   * @param trace the trace, in the form of the header {@code traceparent} of the W3C; not blank
   * @return a caller that is equal to this one
   * @throws NullPointerException if {@code trace} is null
   * @throws IllegalArgumentException if {@code trace} is blank
   */
  public Caller withTraceParent(String trace) {
    Objects.requireNonNull(trace, "trace");
    return new Caller(client, subject, bearerToken, permissions, correlationId, trace);
  }

  /** {@return the request of this caller, as the origin of a change} */
  public Origin origin() {
    return new Origin(client, subject, correlationId, traceParent);
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

  /** {@return client and subject only} */
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
