package io.storageconnections.adapter.platform.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.port.Caller;
import org.junit.jupiter.api.Test;

final class CallerKeyTest {

  private final CallerKey key = CallerKey.of(Caller.ofUser("client", "subject"), "token");

  @Test
  void the_same_caller_with_the_same_token_has_the_same_key() {
    var same = CallerKey.of(Caller.ofUser("client", "subject"), "token");
    assertThat(same).isEqualTo(key).hasSameHashCodeAs(key);
  }

  @Test
  void another_client_subject_or_token_has_another_key() {
    assertThat(CallerKey.of(Caller.ofUser("other", "subject"), "token")).isNotEqualTo(key);
    assertThat(CallerKey.of(Caller.ofUser("client", "other"), "token")).isNotEqualTo(key);
    assertThat(CallerKey.of(Caller.ofUser("client", "subject"), "other")).isNotEqualTo(key);
  }

  @Test
  void characters_do_not_move_from_one_name_to_the_next() {
    assertThat(CallerKey.of(Caller.ofUser("clients", "ubject"), "token")).isNotEqualTo(key);
    assertThat(CallerKey.of(Caller.ofUser("client", "subjectt"), "oken")).isNotEqualTo(key);
  }

  @Test
  void names_with_unpaired_surrogates_have_keys_of_their_own() {
    assertThat(CallerKey.of(Caller.ofClient("\ud800"), "token"))
        .isNotEqualTo(CallerKey.of(Caller.ofClient("\ud801"), "token"));
  }
}
