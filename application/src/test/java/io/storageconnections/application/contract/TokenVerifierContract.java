package io.storageconnections.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Verification;
import io.storageconnections.application.port.Verification.Accepted;
import io.storageconnections.application.port.Verification.Reason;
import io.storageconnections.application.port.Verification.Rejected;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The contract of a verifier of bearer tokens. It makes no assumption about their format. */
public interface TokenVerifierContract {

  /** Verifies a token with the verifier under test. */
  Verification verify(String token);

  /** Returns a token that the verifier accepts as one of {@code client}. */
  String validToken(String client);

  @Test
  default void a_valid_token_names_its_client() {
    assertThat(callerOf(validToken("client-a")).client()).isEqualTo("client-a");
    assertThat(callerOf(validToken("client-b")).client()).isEqualTo("client-b");
  }

  @Test
  default void a_caller_carries_the_token_that_was_sent_or_none() {
    for (var client : List.of("client-a", "client-b", "client-a")) {
      var token = validToken(client);
      assertThat(Objects.requireNonNullElse(callerOf(token).bearerToken(), token)).isEqualTo(token);
    }
  }

  @Test
  default void any_other_text_is_rejected_and_nothing_is_thrown() {
    var valid = validToken("client-a");
    for (var text :
        List.of("", " ", ".", "..", "\u0000", "null", "{}", "x".repeat(100_000), "x" + valid)) {
      assertThatNoException().isThrownBy(() -> verify(text));
      assertThat(verify(text)).isEqualTo(new Rejected(Reason.INVALID));
    }
  }

  @Test
  default void a_valid_token_with_an_added_character_is_rejected() {
    var valid = validToken("client-a");
    for (var other : List.of("%", "=", "*", "é", " ", "\n", "\u0000", ",", "\ud800", ".")) {
      assertThat(verify(valid + other)).isEqualTo(new Rejected(Reason.INVALID));
      assertThat(verify(other + valid)).isEqualTo(new Rejected(Reason.INVALID));
      assertThat(verify(valid.substring(0, 3) + other + valid.substring(3)))
          .isEqualTo(new Rejected(Reason.INVALID));
    }
    assertThat(callerOf(valid).client()).isEqualTo("client-a");
  }

  private Caller callerOf(String validToken) {
    var verification = verify(validToken);
    assertThat(verification).isInstanceOf(Accepted.class);
    return ((Accepted) verification).caller();
  }
}
