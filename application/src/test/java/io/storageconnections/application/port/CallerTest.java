package io.storageconnections.application.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.storageconnections.application.port.Verification.Accepted;
import io.storageconnections.domain.connection.Origin;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {

  private static final String TOKEN = "secret-token";

  @Test
  void a_client_is_its_own_subject_and_has_no_token() {
    var caller = Caller.ofClient("client");
    assertThat(caller.client()).isEqualTo("client");
    assertThat(caller.subject()).isEqualTo("client");
    assertThat(caller.bearerToken()).isNull();
  }

  @Test
  void a_client_can_call_for_a_user() {
    var caller = Caller.ofUser("client", "ada");
    assertThat(caller.client()).isEqualTo("client");
    assertThat(caller.subject()).isEqualTo("ada");
    assertThat(caller.bearerToken()).isNull();
  }

  @Test
  void a_token_is_kept_and_changes_nothing_else() {
    var caller = Caller.ofUser("client", "ada").withBearerToken(TOKEN);
    assertThat(caller.client()).isEqualTo("client");
    assertThat(caller.subject()).isEqualTo("ada");
    assertThat(caller.bearerToken()).isEqualTo(TOKEN);
  }

  @Test
  void callers_with_equal_client_and_subject_are_equal_even_if_their_tokens_differ() {
    var caller = Caller.ofUser("client", "ada");
    assertThat(caller.withBearerToken(TOKEN))
        .isEqualTo(caller)
        .isEqualTo(caller.withBearerToken("renewed"))
        .hasSameHashCodeAs(caller);
    assertThat(caller)
        .isNotEqualTo(Caller.ofUser("client", "bob"))
        .isNotEqualTo(Caller.ofUser("other", "ada"))
        .isNotEqualTo(Caller.ofClient("client"));
  }

  @Test
  void a_caller_has_all_permissions_until_they_are_set() {
    var caller = Caller.ofUser("client", "ada");
    assertThat(caller.permissions()).containsExactlyInAnyOrder(Permission.values());
    var reader = caller.withBearerToken(TOKEN).withPermissions(Set.of(Permission.READ));
    assertThat(reader.permissions()).containsExactly(Permission.READ);
    assertThat(reader.bearerToken()).isEqualTo(TOKEN);
    assertThat(reader.withCorrelationId("id").permissions()).containsExactly(Permission.READ);
    assertThat(reader).isEqualTo(caller).hasSameHashCodeAs(caller);
  }

  @Test
  void the_id_of_the_request_is_kept_and_changes_nothing_else() {
    var caller = Caller.ofUser("client", "ada").withBearerToken(TOKEN).withCorrelationId("id-1");
    assertThat(caller.correlationId()).isEqualTo("id-1");
    assertThat(caller.bearerToken()).isEqualTo(TOKEN);
    assertThat(caller.withBearerToken("renewed").correlationId()).isEqualTo("id-1");
    assertThat(caller).isEqualTo(Caller.ofUser("client", "ada"));
  }

  @Test
  void the_origin_of_a_change_is_the_request_of_the_caller_without_its_token() {
    var trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    var caller =
        Caller.ofUser("client", "ada")
            .withTraceParent(trace)
            .withCorrelationId("id-1")
            .withBearerToken(TOKEN);
    assertThat(caller.origin()).isEqualTo(new Origin("client", "ada", "id-1", trace));
    assertThat(Caller.ofClient("client").origin()).isEqualTo(new Origin("client", "client", null));
  }

  @Test
  void the_token_is_in_no_text() {
    var caller = Caller.ofUser("client", "ada").withBearerToken(TOKEN);
    assertThat(caller).hasToString("Caller[client=client, subject=ada]");
    assertThat(new Accepted(caller).toString()).doesNotContain(TOKEN);
  }

  // The arguments are null on purpose.
  @SuppressWarnings("NullAway")
  @Test
  void a_name_that_is_null_is_refused_at_once() {
    assertThatNullPointerException().isThrownBy(() -> Caller.ofClient(null)).withMessage("client");
    assertThatNullPointerException()
        .isThrownBy(() -> Caller.ofUser(null, "ada"))
        .withMessage("client");
    assertThatNullPointerException()
        .isThrownBy(() -> Caller.ofUser("client", null))
        .withMessage("subject");
    assertThatNullPointerException()
        .isThrownBy(() -> Caller.ofClient("client").withBearerToken(null))
        .withMessage("token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void a_blank_text_is_refused_at_once(String blank) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Caller.ofClient(blank))
        .withMessage("client is blank");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Caller.ofUser("client", blank))
        .withMessage("subject is blank");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Caller.ofClient("client").withBearerToken(blank))
        .withMessage("bearerToken is blank");
  }
}
