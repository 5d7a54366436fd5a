package io.storageconnections.platform.domain.itwin;

import io.storageconnections.domain.connection.ITwinId;
import java.util.UUID;

/**
 * The account of all iTwins. The iTwins API documents accounts, each of which is an iTwin above
 * others; a local platform has exactly one, which is the parent of an iTwin without another one.
 */
public final class ITwinAccount {

  /** The id of the account. */
  public static final ITwinId ID =
      new ITwinId(UUID.fromString("a86ab5d4-30c4-4b3a-9dd1-6a7fcd2a1f57"));

  private ITwinAccount() {}
}
