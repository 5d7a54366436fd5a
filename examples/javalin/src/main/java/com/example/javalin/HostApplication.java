package com.example.javalin;

import io.javalin.Javalin;
import io.storageconnections.adapter.http.HttpApi;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Verification;
import io.storageconnections.application.port.Verification.Reason;
import io.storageconnections.embedded.StorageConnectionsService;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** A Javalin application that serves storage connections beside its own routes. */
public final class HostApplication implements AutoCloseable {

  /**
   * The users of the application by their tokens. A real application verifies tokens of an issuer.
   */
  private static final Map<String, String> USERS = Map.of("secret-of-ada", "ada");

  private final StorageConnectionsService service;
  private final Javalin javalin;

  /**
   * Starts the application.
   *
   * @param dataSource the database of the application
   * @param port the port to listen on; 0 for any free port
   */
  public HostApplication(DataSource dataSource, int port) {
    service = StorageConnectionsService.on(dataSource);
    var api =
        new HttpApi(
            service.useCases(),
            HostApplication::verify,
            Links.at("https://host.example.org"),
            0,
            null);
    javalin =
        Javalin.create(
                config -> {
                  config.routes.get("/hello", ctx -> ctx.result("hello"));
                  config.routes.error(404, ctx -> ctx.result("There is no such page."));
                  api.mount(config.routes);
                })
            .start("127.0.0.1", port);
  }

  private static Verification verify(String token) {
    var user = USERS.get(token);
    return user == null
        ? new Verification.Rejected(Reason.INVALID)
        : new Verification.Accepted(Caller.ofClient(user));
  }

  /** Returns the port that the application listens on. */
  public int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
    service.close();
  }

  /** Starts the application on port 8080, with a database in memory. */
  public static void main(String[] arguments) {
    var dataSource = new JdbcDataSource();
    dataSource.setURL("jdbc:h2:mem:host;DB_CLOSE_DELAY=-1");
    new HostApplication(dataSource, 8080);
  }
}
