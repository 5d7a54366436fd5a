package io.storageconnections.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.TokenVerifier;
import io.storageconnections.application.port.TokenVerifier.Reason;
import io.storageconnections.application.port.TokenVerifier.Verification.Accepted;
import io.storageconnections.application.port.TokenVerifier.Verification.Rejected;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every verifier promises, whatever its tokens look like. */
public interface TokenVerifierContract {

  /** The verifier under test. */
  TokenVerifier verifier();

  /** A token that the verifier accepts as one of {@code client}. */
  String goodToken(String client);

  @Test
  default void a_good_token_tells_its_client() {
    assertThat(verifier().verify(goodToken("somebody")))
        .isEqualTo(new Accepted(new Caller("somebody")));
    assertThat(verifier().verify(goodToken("else"))).isEqualTo(new Accepted(new Caller("else")));
  }

  @Test
  default void any_other_text_is_rejected_and_nothing_is_thrown() {
    var good = goodToken("somebody");
    for (var text :
        List.of("", " ", ".", "..", "\u0000", "null", "{}", "x".repeat(100_000), "x" + good)) {
      assertThatNoException().isThrownBy(() -> verifier().verify(text));
      assertThat(verifier().verify(text)).isEqualTo(new Rejected(Reason.INVALID));
    }
  }

  @Test
  default void a_good_token_with_another_character_is_another_text() {
    var good = goodToken("somebody");
    for (var other : List.of("%", "=", "*", "é", " ", "\n", "\u0000", ",", "\ud800", ".")) {
      assertThat(verifier().verify(good + other)).isEqualTo(new Rejected(Reason.INVALID));
      assertThat(verifier().verify(other + good)).isEqualTo(new Rejected(Reason.INVALID));
      assertThat(verifier().verify(good.substring(0, 3) + other + good.substring(3)))
          .isEqualTo(new Rejected(Reason.INVALID));
    }
    assertThat(verifier().verify(good)).isEqualTo(new Accepted(new Caller("somebody")));
  }
}
