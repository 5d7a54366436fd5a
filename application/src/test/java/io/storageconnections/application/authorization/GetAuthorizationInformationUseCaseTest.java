package io.storageconnections.application.authorization;

import static io.storageconnections.application.TestDependencies.CALLER;
import static io.storageconnections.application.outcome.Outcome.failed;
import static io.storageconnections.application.outcome.Outcome.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.TestDependencies;
import io.storageconnections.application.authorization.GetAuthorizationInformation.Authorized;
import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Violation;
import io.storageconnections.application.outcome.Violation.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GetAuthorizationInformationUseCaseTest {

  private final GetAuthorizationInformation useCase =
      GetAuthorizationInformation.on(TestDependencies.on(new InMemoryStorageConnectionStore()));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:3301/callback",
        "https://example.org",
        "myapp://back?state=%20a#b",
        "http://[::1]:80/"
      })
  void every_caller_is_authorized_with_any_absolute_redirect_url_and_without_one(
      String redirectUrl) {
    assertThat(get(redirectUrl, Set.of())).isEqualTo(success(new Authorized()));
    assertThat(get(null, Set.of())).isEqualTo(success(new Authorized()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "/callback",
        "http:",
        "http://",
        "http://a b",
        "://x",
        "http:///",
        "http://:::",
        "http://%5B",
        "a\nb://c"
      })
  void a_redirect_url_that_is_not_an_absolute_url_is_invalid(String redirectUrl) {
    var invalid = failed(new Invalid(List.of(new Violation(Kind.INVALID, "redirectUrl"))));
    assertThat(get(redirectUrl, Set.of())).isEqualTo(invalid);
    assertThat(get(null, Set.of("redirectUrl"))).isEqualTo(invalid);
  }

  private Outcome<Authorized, Invalid> get(@Nullable String redirectUrl, Set<String> mistyped) {
    return useCase.get(CALLER, new GetAuthorizationInformation.Query(redirectUrl, mistyped));
  }
}
