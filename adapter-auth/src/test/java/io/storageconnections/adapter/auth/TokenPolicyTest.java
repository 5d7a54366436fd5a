package io.storageconnections.adapter.auth;

import static io.storageconnections.adapter.auth.fixture.TestKeys.RSA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import io.storageconnections.adapter.auth.fixture.SettableClock;
import io.storageconnections.adapter.auth.fixture.TestKeys;
import io.storageconnections.adapter.auth.issuer.LoopbackIssuer;
import io.storageconnections.application.port.Permission;
import io.storageconnections.application.port.Verification.Accepted;
import java.net.URI;
import java.text.ParseException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The permissions of callers by the scopes and roles of their tokens. */
class TokenPolicyTest {

  private static final TokenPolicy WRITERS =
      new TokenPolicy(Map.of(Permission.WRITE, Set.of("connections.write", "administrator")));

  private final SettableClock clock = new SettableClock();
  private final LoopbackIssuer issuer = new LoopbackIssuer(RSA);

  @AfterEach
  void close() {
    issuer.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'scope':'itwin-platform connections.write'",
        "'scope':['itwin-platform','connections.write']",
        "'scp':'itwin-platform connections.write'",
        "'scope':'itwin-platform','roles':['reader','administrator']",
        "'scope':'itwin-platform','role':'administrator'",
        "'scope':'itwin-platform','permissions':['connections.write']",
        "'scope':'itwin-platform','realm_access':{'roles':['administrator']}"
      })
  void a_scope_or_a_role_gives_a_permission(String claims) throws ParseException {
    assertThat(permissions(WRITERS, claims)).containsExactlyInAnyOrder(Permission.values());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'scope':'itwin-platform'",
        "'scope':'itwin-platform connections.writer Connections.write'",
        "'scope':'itwin-platform','groups':['administrator']",
        "'scope':'itwin-platform','roles':{'administrator':true}",
        "'scope':'itwin-platform','roles':[['administrator'],7,null]",
        "'scope':'itwin-platform','realm_access':['administrator']",
        "'scope':'itwin-platform','realm_access':{'roles':{'a':'administrator'}}"
      })
  void any_other_claim_gives_none(String claims) throws ParseException {
    assertThat(permissions(WRITERS, claims))
        .containsExactlyInAnyOrder(Permission.READ, Permission.RUN);
  }

  @Test
  void without_a_policy_every_caller_has_all_permissions() throws ParseException {
    assertThat(permissions(TokenPolicy.NONE, "'scope':'itwin-platform'"))
        .containsExactlyInAnyOrder(Permission.values());
  }

  @Test
  void a_permission_that_no_name_could_give_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TokenPolicy(Map.of(Permission.RUN, Set.of())));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TokenPolicy(Map.of(Permission.RUN, Set.of(" "))));
  }

  private Set<Permission> permissions(TokenPolicy policy, String claims) throws ParseException {
    var now = clock.instant().getEpochSecond();
    var all =
        "{\"iss\":\"%s\",\"exp\":%d,\"client_id\":\"robot\",%s}"
            .formatted(issuer.name, now + 3600, claims.replace('\'', '"'));
    var token =
        TestKeys.sign(
            "{\"alg\":\"RS256\",\"kid\":\"rsa\"}",
            JWTClaimsSet.parse(JSONObjectUtils.parse(all)),
            RSA);
    try (var verifier =
        JwtTokenVerifier.forIssuer(
            URI.create(issuer.name), null, policy, clock, LoopbackIssuer.patientClient())) {
      // Twice, because the second answer comes from the cache.
      assertThat(verifier.verify(token)).isEqualTo(verifier.verify(token));
      return ((Accepted) verifier.verify(token)).caller().permissions();
    }
  }
}
