package com.example.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
final class ProjectsApplicationTest {

  private static final String PLAN = "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA";
  private static final String SECTION = "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-dA";

  /** Replaces the identity provider, with a key that is generated for this run. */
  @TestConfiguration(proxyBeanMethods = false)
  static class IdentityProvider {

    @Bean
    KeyPair keys() throws NoSuchAlgorithmException {
      return KeyPairGenerator.getInstance("RSA").generateKeyPair();
    }

    @Bean
    JwtDecoder decoder(KeyPair keys) {
      return NimbusJwtDecoder.withPublicKey((RSAPublicKey) keys.getPublic()).build();
    }

    @Bean
    JwtEncoder encoder(KeyPair keys) {
      return NimbusJwtEncoder.withKeyPair(
              (RSAPublicKey) keys.getPublic(), (RSAPrivateKey) keys.getPrivate())
          .build();
    }
  }

  private final HttpClient client = HttpClient.newHttpClient();
  private final String iModel = UUID.randomUUID().toString();
  private final String project = UUID.randomUUID().toString();

  @LocalServerPort private int port;
  @Autowired private JwtEncoder tokens;
  @Autowired private JdbcClient jdbc;

  private HttpRequest.Builder request(String name, String file, String connectorType) {
    var body =
        """
        {"displayName": "%s", "iModelId": "%s", "storageFileId": "%s", "connectorType": "%s"}
        """
            .formatted(name, iModel, file, connectorType);
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + port + "/projects/" + project + "/connections"))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> create(String name, String file, String connectorType)
      throws Exception {
    var claims = JwtClaimsSet.builder().subject("ada").build();
    var token = tokens.encode(JwtEncoderParameters.from(claims)).getTokenValue();
    return send(request(name, file, connectorType).header("Authorization", "Bearer " + token));
  }

  private int rows(String table) {
    return jdbc.sql("select count(*) from " + table + " where project = ?")
        .param(project)
        .query(Integer.class)
        .single();
  }

  @Test
  void users_of_the_service_create_connections_that_belong_to_a_project() throws Exception {
    assertThat(send(request("Bridge", PLAN, "MSTN")).statusCode()).isEqualTo(401);

    var created = create("Bridge", PLAN, "MSTN");
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.body()).startsWith("{\"connection\":\"");
    assertThat(rows("project_connection")).isEqualTo(1);
  }

  @Test
  void failures_of_the_library_are_answered_in_the_format_of_the_service() throws Exception {
    create("Bridge", PLAN, "MSTN");

    var taken = create("Tunnel", PLAN, "MSTN");
    assertThat(taken.statusCode()).isEqualTo(409);
    assertThat(taken.body()).contains("The file is in connection Bridge.");

    var wrong = create("Tunnel", SECTION, "PAPER");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("Look at [connectorType] again.");

    assertThat(rows("project_connection")).isEqualTo(1);
  }

  @Test
  void a_connection_is_rolled_back_if_the_project_refuses_it() throws Exception {
    create("Bridge", PLAN, "MSTN");

    var refused = create("Bridge", SECTION, "MSTN");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("The project has a connection of that name.");
    assertThat(rows("project_log")).isEqualTo(1);

    assertThat(create("Tunnel", SECTION, "MSTN").statusCode()).isEqualTo(201);
  }

  @Test
  void a_conflict_keeps_the_other_rows_of_the_transaction() throws Exception {
    create("Bridge", PLAN, "MSTN");

    assertThat(create("Tunnel", PLAN, "MSTN").statusCode()).isEqualTo(409);
    assertThat(rows("project_log")).isEqualTo(2);
  }
}
