package io.storageconnections.adapter.auth;

import static io.storageconnections.adapter.auth.fixture.TestKeys.RSA;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import io.storageconnections.adapter.auth.fixture.LogCapture;
import io.storageconnections.adapter.auth.fixture.SettableClock;
import io.storageconnections.adapter.auth.fixture.TestKeys;
import io.storageconnections.adapter.auth.issuer.LoopbackIssuer;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Verification.Accepted;
import io.storageconnections.application.port.Verification.Reason;
import io.storageconnections.application.port.Verification.Rejected;
import java.net.URI;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Access tokens in the forms that identity providers document. All values are made up; no provider
 * issued these tokens.
 */
class ProviderTokensTest {

  private static final String AUDIENCE = "https://connections.example";
  private static final String ENTRA_KEY = "'use':'sig','x5t':'dGh1bWI','x5c':['MIIB'],'issuer':'x'";

  private final SettableClock clock = new SettableClock();
  private final LoopbackIssuer issuer = new LoopbackIssuer(RSA);
  private final LogCapture log = new LogCapture(Level.WARN);

  @AfterEach
  void close() {
    issuer.close();
    log.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          Keycloak                       | /realms/acme      | 'typ':'JWT'          | 'typ':'Bearer','sub':'7f0c','azp':'robot','scope':'profile itwin-platform','aud':['account','AUD']      | robot | 7f0c
          Keycloak, lightweight          | /realms/acme      | 'typ':'JWT'          | 'typ':'Bearer','azp':'robot','scope':'itwin-platform','aud':'AUD'                                       | robot | robot
          Entra ID v1, delegated         | /3fa8/            | 'typ':'JWT','x5t':'dGh1bWI' | 'sub':'pairwise','appid':'5b1e','appidacr':'1','scp':'itwin-platform user.read','tid':'3fa8','ver':'1.0','aud':'AUD' | pairwise | pairwise
          Entra ID v2, delegated         | /3fa8/v2.0        | 'typ':'JWT'          | 'sub':'pairwise','azp':'5b1e','azpacr':'1','scp':'itwin-platform','tid':'3fa8','ver':'2.0','aud':'AUD'  | 5b1e | pairwise
          Auth0                          | /                 | 'typ':'JWT'          | 'sub':'robot@clients','azp':'robot','gty':'client-credentials','scope':'itwin-platform','aud':'AUD'     | robot | robot@clients
          Auth0, RFC 9068 profile        | /                 | 'typ':'at+jwt'       | 'sub':'robot@clients','client_id':'robot','jti':'a','scope':'openid itwin-platform','aud':['AUD','b']   | robot | robot@clients
          Okta                           | /oauth2/default   |                      | 'ver':1,'sub':'robot','cid':'robot','scp':['itwin-platform','email'],'aud':'AUD'                        | robot | robot
          Cognito, with a scope added    | /eu-north-1_Acme  |                      | 'sub':'robot','client_id':'robot','token_use':'access','version':2,'scope':'acme/read itwin-platform'   | robot | robot
          Bentley                        |                   | 'typ':'at+jwt'       | 'client_id':'robot','scope':['itwin-platform'],'sub':'9d2a','aud':['AUD'],'amr':['pwd']                 | robot | 9d2a
          RFC 9068                       |                   | 'typ':'application/at+jwt' | 'client_id':'robot','sub':'9d2a','jti':'a','scope':'itwin-platform','aud':'AUD'                   | robot | 9d2a
          """)
  void a_token_in_the_form_of_a_provider_is_accepted_and_names_client_and_subject(
      String provider,
      @Nullable String path,
      @Nullable String header,
      String claims,
      String client,
      String subject)
      throws ParseException {
    // Access tokens of Cognito have no audience.
    var audience = claims.contains("AUD") ? AUDIENCE : null;
    assertThat(verify(path, audience, header, claims))
        .isEqualTo(new Accepted(Caller.ofUser(client, subject)));
    assertThat(log.lines()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          Entra ID, application only | /3fa8/v2.0       | 'typ':'JWT' | 'sub':'5b1e','azp':'5b1e','roles':['itwin-platform'],'ver':'2.0','aud':'AUD'
          Cognito, scope of its own  | /eu-north-1_Acme |             | 'sub':'robot','client_id':'robot','token_use':'access','scope':'acme/itwin-platform' | robot
          """)
  void a_token_whose_provider_writes_the_scope_elsewhere_lacks_the_scope(
      String provider, String path, @Nullable String header, String claims) throws ParseException {
    assertThat(verify(path, null, header, claims))
        .isEqualTo(new Rejected(Reason.INSUFFICIENT_SCOPE));
  }

  @Test
  void keys_in_the_form_of_entra_id_and_keycloak_are_read_without_a_warning()
      throws ParseException {
    var key = RSA.toPublicJWK().toJSONString();
    issuer.publishJson(
        key.replace("\"kid\":\"rsa\"", "\"kid\":\"enc\",\"use\":\"enc\",\"alg\":\"RSA-OAEP\""),
        key.replace("\"kid\"", json(ENTRA_KEY) + ",\"kid\""));
    assertThat(verify(null, null, "'typ':'JWT'", "'client_id':'robot','scope':'itwin-platform'"))
        .isEqualTo(new Accepted(Caller.ofClient("robot")));
    assertThat(log.lines()).isEmpty();
  }

  private Object verify(
      @Nullable String path, @Nullable String audience, @Nullable String header, String claims)
      throws ParseException {
    if (path != null) {
      issuer.moveTo(path);
    }
    var now = clock.instant().getEpochSecond();
    var times = "\"iat\":%d,\"nbf\":%d,\"exp\":%d".formatted(now, now, now + 3600);
    var all = "{\"iss\":\"" + issuer.name + "\"," + times + "," + json(claims) + "}";
    var token =
        TestKeys.sign(
            "{\"alg\":\"RS256\",\"kid\":\"rsa\"" + (header == null ? "" : "," + json(header)) + "}",
            JWTClaimsSet.parse(JSONObjectUtils.parse(all.replace("AUD", AUDIENCE))),
            RSA);
    try (var verifier =
        JwtTokenVerifier.forIssuer(
            URI.create(issuer.name),
            audience,
            TokenPolicy.NONE,
            clock,
            LoopbackIssuer.patientClient())) {
      return verifier.verify(token);
    }
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
