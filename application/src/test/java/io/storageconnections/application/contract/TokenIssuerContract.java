package io.storageconnections.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.TokenIssuer;
import io.storageconnections.application.port.TokenVerifier;
import io.storageconnections.application.port.TokenVerifier.Verification.Accepted;
import org.junit.jupiter.api.Test;

/** What every issuer of tokens promises. */
public interface TokenIssuerContract {

  /** The issuer under test. */
  TokenIssuer issuer();

  /** A verifier that trusts the issuer. */
  TokenVerifier verifier();

  @Test
  default void a_token_is_accepted_as_its_clients_as_soon_as_it_is_given_out() {
    for (var client : new String[] {"somebody", "somebody else", "Ünïcode \"{}\""}) {
      assertThat(verifier().verify(issuer().issue(client).value()))
          .isEqualTo(new Accepted(new Caller(client)));
    }
  }

  @Test
  default void a_token_tells_its_scope_and_how_long_it_is_good() {
    var token = issuer().issue("somebody");
    assertThat(token.scope()).isEqualTo(TokenVerifier.SCOPE);
    assertThat(token.lifetime()).isPositive();
  }

  @Test
  default void the_keys_are_a_set_of_keys_and_stay() {
    assertThat(issuer().publicKeys()).startsWith("{").contains("\"keys\"").endsWith("}");
    assertThat(issuer().publicKeys()).isEqualTo(issuer().publicKeys());
  }
}
