package io.storageconnections.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.storageconnections.adapter.auth.JwtTokenVerifier;
import io.storageconnections.adapter.auth.TokenPolicy;
import io.storageconnections.application.port.Verification;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Measures verifying a token that is in the cache of verified tokens, and a new one. */
// JMH calls the setup, which sets the fields, before it calls any benchmark.
@NullUnmarked
public class TokenBenchmark extends Measured {

  @Param({"RS256", "ES256"})
  private String algorithm;

  private JWSSigner signer;
  private HttpServer server;
  private String issuer;
  private JwtTokenVerifier verifier;
  private String seen;

  /** Starts an issuer on loopback. The verifier reads its key once. */
  @Setup
  public void start() throws JOSEException, IOException {
    var key =
        algorithm.equals("RS256")
            ? new RSAKeyGenerator(2048).keyID("key").generate()
            : new ECKeyGenerator(Curve.P_256).keyID("key").generate();
    signer = new DefaultJWSSignerFactory().createJWSSigner(key, JWSAlgorithm.parse(algorithm));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer = "http://127.0.0.1:" + server.getAddress().getPort();
    serve(
        "/.well-known/openid-configuration",
        "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + issuer + "/keys\"}");
    serve("/keys", new JWKSet(key.toPublicJWK()).toString());
    server.start();
    verifier =
        JwtTokenVerifier.forIssuer(URI.create(issuer), null, TokenPolicy.NONE, Clock.systemUTC());
    seen = newToken();
    if (!(verifier.verify(seen) instanceof Verification.Accepted)) {
      throw new IllegalStateException("a valid token was refused");
    }
  }

  private void serve(String path, String document) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(document.getBytes(UTF_8));
          }
        });
  }

  private String newToken() throws JOSEException {
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.parse(algorithm)).keyID("key").build(),
            new JWTClaimsSet.Builder()
                .issuer(issuer)
                .claim("client_id", "client")
                .claim("scope", Verification.REQUIRED_SCOPE)
                .expirationTime(Date.from(Instant.now().plusSeconds(3600)))
                .jwtID(UUID.randomUUID().toString())
                .build());
    jwt.sign(signer);
    return jwt.serialize();
  }

  @TearDown
  public void stop() {
    verifier.close();
    server.stop(0);
  }

  /** A new token for each call. JMH does not measure the time that it takes to sign the token. */
  @State(Scope.Thread)
  public static class NewToken {

    private String token;

    @Setup(Level.Invocation)
    public void sign(TokenBenchmark issuer) throws JOSEException {
      token = issuer.newToken();
    }
  }

  @Benchmark
  public Verification verifySeen() {
    return verifier.verify(seen);
  }

  @Benchmark
  public Verification verifyNew(NewToken fresh) {
    return verifier.verify(fresh.token);
  }
}
