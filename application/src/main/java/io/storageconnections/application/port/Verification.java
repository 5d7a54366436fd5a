package io.storageconnections.application.port;

import java.util.Objects;

/** The result of the verification of a bearer token. */
public sealed interface Verification {

  /**
   * The scope that a token must have. Source: <a
   * href="https://developer.bentley.com/apis/synchronization/operations/create-storage-connection">Create
   * Storage Connection</a>, "Authentication".
   */
  String REQUIRED_SCOPE = "itwin-platform";

  /**
   * The length of the longest token that can be accepted, in characters. A server must admit a
   * header that contains such a token.
   */
  int TOKEN_LENGTH_MAX = 16_384;

  /**
   * The token is valid.
   *
   * @param caller the caller who sent it
   */
  record Accepted(Caller caller) implements Verification {

    /**
     * Checks the caller.
     *
     * @throws NullPointerException if {@code caller} is null
     */
    public Accepted {
      Objects.requireNonNull(caller, "caller");
    }
  }

  /**
   * The token is not valid for this API.
   *
   * @param reason the reason
   */
  record Rejected(Reason reason) implements Verification {

    /**
     * Checks the reason.
     *
     * @throws NullPointerException if {@code reason} is null
     */
    public Rejected {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * The reason for the rejection of a token. The reasons are coarse on purpose: an attacker must
   * not learn which part of a forged token failed.
   */
  enum Reason {
    /**
     * The token is malformed, forged, too long, from another issuer, for another audience, expired
     * or not yet valid.
     */
    INVALID,
    /** The token is genuine but lacks {@link Verification#REQUIRED_SCOPE}. */
    INSUFFICIENT_SCOPE
  }
}
