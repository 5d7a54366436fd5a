package io.storageconnections.platform;

import java.util.UUID;

/** Tests the stores on H2 in memory. */
final class H2StoresTest extends StoresTest {

  private final String url = "jdbc:h2:mem:" + UUID.randomUUID();

  @Override
  String url() {
    return url;
  }
}
