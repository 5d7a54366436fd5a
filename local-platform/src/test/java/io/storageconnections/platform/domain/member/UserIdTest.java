package io.storageconnections.platform.domain.member;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class UserIdTest {

  @Test
  void the_id_of_a_subject_that_is_a_GUID_is_the_subject() {
    assertThat(UserId.of("A86AB5D4-30C4-4B3A-9DD1-6A7FCD2A1F57").toString())
        .isEqualTo("a86ab5d4-30c4-4b3a-9dd1-6a7fcd2a1f57");
  }

  @Test
  void another_subject_has_a_GUID_that_clients_accept_and_that_never_changes() {
    assertThat(UserId.of("ann").toString()).isEqualTo("7e0d7f8a-5d96-324f-bcc8-40f31bce72b2");
    assertThat(UserId.of("auth0|a/b").toString()).matches("[0-9a-f]{8}-[0-9a-f]{4}-3.*");
  }
}
