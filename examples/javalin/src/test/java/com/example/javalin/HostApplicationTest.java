package com.example.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HostApplicationTest {

  private static final String CONNECTIONS = "/synchronization/imodels/storageconnections";
  private static final String REQUEST =
      """
      {"iModelId": "7dbd531d-6967-47b2-8945-a722a437ad7a", "sourceFiles": [
        {"storageFileId": "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA", "connectorType": "MSTN"}]}
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private final HostApplication host = new HostApplication(dataSource(), 0);

  private static JdbcDataSource dataSource() {
    var dataSource = new JdbcDataSource();
    dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    return dataSource;
  }

  @AfterEach
  void stop() {
    host.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private String cookieOfAda() throws Exception {
    var login = to("/login").header("Content-Type", "application/x-www-form-urlencoded");
    var answer = send(login.POST(BodyPublishers.ofString("password=secret-of-ada")));
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  private HttpRequest.Builder create() {
    return to(CONNECTIONS).POST(BodyPublishers.ofString(REQUEST));
  }

  @Test
  void user_who_has_logged_in_creates_a_connection() throws Exception {
    var cookie = cookieOfAda();
    assertThat(send(create().header("Cookie", cookie)).statusCode()).isEqualTo(201);
    assertThat(send(create().header("Cookie", cookie)).statusCode()).isEqualTo(409);
  }

  @Test
  void a_login_changes_the_id_of_the_session_and_its_cookie_stays_on_the_site() throws Exception {
    var before = cookieOfAda();
    var answer =
        send(
            to("/login")
                .header("Cookie", before)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("password=secret-of-ada")));
    var cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).doesNotContain(before).contains("SameSite=Lax");
    assertThat(send(create().header("Cookie", before)).statusCode()).isEqualTo(401);
  }

  @Test
  void request_without_a_session_is_401() throws Exception {
    assertThat(send(create()).statusCode()).isEqualTo(401);
    assertThat(send(create().header("Cookie", "JSESSIONID=guessed")).statusCode()).isEqualTo(401);
    assertThat(send(to("/login").POST(BodyPublishers.ofString("password=wrong"))).statusCode())
        .isEqualTo(401);
  }

  @Test
  void form_of_another_site_is_403_with_the_cookie_of_a_user() throws Exception {
    var forged =
        create()
            .header("Cookie", cookieOfAda())
            .header("Sec-Fetch-Site", "cross-site")
            .header("Content-Type", "text/plain");
    assertThat(send(forged).statusCode()).isEqualTo(403);
  }

  @Test
  void own_routes_of_the_application_keep_working() throws Exception {
    assertThat(send(to("/hello")).body()).isEqualTo("hello");
    assertThat(send(to("/nowhere")).body()).isEqualTo("There is no such page.");
  }
}
